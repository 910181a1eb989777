/** The reader's hands on the map: drag, wheel, pinch, tap, hover. */

export class Hands {
  /** @param {import("./map.js").MapView} view */
  constructor(view) {
    this.view = view;
    /** @type {Map<number, {x: number, y: number}>} */
    this.down = new Map();
    this.moved = false;
    const box = view.above;
    box.addEventListener("pointerdown", (e) => this.press(e));
    box.addEventListener("pointermove", (e) => this.move(e));
    box.addEventListener("pointerup", (e) => this.release(e));
    box.addEventListener("pointercancel", (e) => this.down.delete(e.pointerId));
    box.addEventListener("pointerleave", () => { view.tip.hidden = true; });
    box.addEventListener("wheel", (e) => {
      e.preventDefault();
      const { left, top } = box.getBoundingClientRect();
      const step = e.deltaMode === 1 ? e.deltaY * 16 : e.deltaY;
      view.camera.zoom(Math.exp(-step * 0.0016), e.clientX - left, e.clientY - top);
      view.ask();
    }, { passive: false });
    box.addEventListener("dblclick", (e) => {
      const { left, top } = box.getBoundingClientRect();
      view.camera.zoom(1.8, e.clientX - left, e.clientY - top);
      view.ask();
    });
  }

  /** @param {PointerEvent} e */
  at(e) {
    const { left, top } = this.view.above.getBoundingClientRect();
    return { x: e.clientX - left, y: e.clientY - top };
  }

  /** @param {PointerEvent} e */
  press(e) {
    this.view.above.setPointerCapture(e.pointerId);
    this.down.set(e.pointerId, this.at(e));
    if (this.down.size === 1) this.moved = false;
  }

  /** @param {PointerEvent} e */
  move(e) {
    const now = this.at(e);
    const before = this.down.get(e.pointerId);
    if (!before) { this.view.point(now.x, now.y, e.pointerType === "touch"); return; }
    const { camera } = this.view;
    if (this.down.size === 1) {
      if (!this.moved && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
      this.moved = true;
      camera.pan(now.x - before.x, now.y - before.y);
    } else {
      const other = [...this.down].find(([id]) => id !== e.pointerId)?.[1];
      if (other) {
        this.moved = true;
        const [old, fresh] = [before, now].map((p) => Math.hypot(p.x - other.x, p.y - other.y));
        camera.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
        camera.zoom(fresh / Math.max(old, 1), (now.x + other.x) / 2, (now.y + other.y) / 2);
      }
    }
    this.down.set(e.pointerId, now);
    this.view.tip.hidden = true;
    this.view.ask();
  }

  /** @param {PointerEvent} e */
  release(e) {
    const before = this.down.get(e.pointerId);
    this.down.delete(e.pointerId);
    if (before && !this.moved && this.down.size === 0) {
      this.view.tap(before.x, before.y, e.pointerType === "touch");
    }
  }
}

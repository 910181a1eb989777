/** Where the reader looks: a point of the plane and a scale. */

export class Camera {
  constructor() {
    this.x = 0; // middle of the view [km]
    this.y = 0;
    this.scale = 0.5; // pixels a kilometre
    this.width = 100;
    this.height = 100;
    this.least = 0.2;
    this.most = 14;
  }

  /** @param {number} x @param {number} y [km] @returns {[number, number]} pixels */
  toScreen(x, y) {
    return [
      (x - this.x) * this.scale + this.width / 2,
      (this.y - y) * this.scale + this.height / 2,
    ];
  }

  /** @param {number} px @param {number} py pixels @returns {[number, number]} [km] */
  toPlane(px, py) {
    return [
      this.x + (px - this.width / 2) / this.scale,
      this.y - (py - this.height / 2) / this.scale,
    ];
  }

  /** Keep the point under the finger in place. @param {number} factor @param {number} px @param {number} py */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const [x, y] = this.toPlane(px, py);
    this.scale = Math.min(this.most, Math.max(this.least, this.scale * factor));
    this.x = x - (px - this.width / 2) / this.scale;
    this.y = y + (py - this.height / 2) / this.scale;
  }

  /** @param {number} dx @param {number} dy pixels */
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }

  /** Show a rectangle whole. @param {number[]} bounds west, south, east, north @param {number} [margin] */
  fit([west, south, east, north], margin = 12) {
    this.x = (west + east) / 2;
    this.y = (south + north) / 2;
    this.scale = Math.min(
      (this.width - 2 * margin) / (east - west), (this.height - 2 * margin) / (north - south));
    this.least = Math.min(this.least, this.scale * 0.6);
  }

  /** @param {number} x @param {number} y [km] @param {number} [margin] pixels */
  sees(x, y, margin = 0) {
    const [px, py] = this.toScreen(x, y);
    return px > -margin && py > -margin && px < this.width + margin && py < this.height + margin;
  }
}

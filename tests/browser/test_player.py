"""The report in a real browser: the map plays, things can be chosen, every page is reached."""

import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def wide(open_page):
    return open_page(1400, 900)


@pytest.fixture(scope="module")
def phone(open_page):
    return open_page(390, 844, touch=True)


@pytest.fixture(autouse=True)
def _fresh(request):
    for name in ("wide", "phone"):
        if name in request.fixturenames:
            driver = request.getfixturevalue(name)
            driver.execute_script(
                "tairiku.set({time: 0, playing: false, chosen: null, tab: 'map', language: 'en'});"
                "tairiku.view.camera.fit(tairiku.view.theatre()); tairiku.view.draw();"
            )


def until(driver, script, seconds=30.0):
    """Wait until a script says something true; return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = driver.execute_script(f"return {script}")
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never true: {script}")


def key(driver, name):
    driver.execute_script(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))",
        name,
    )


def errors(driver):
    return [line for line in driver.get_log("browser") if line["level"] == "SEVERE"]


def test_the_page_opens_without_an_error(wide):
    assert errors(wide) == []
    assert "17 April 1944" in wide.find_element("id", "date").text


def test_the_map_is_drawn(wide):
    colours = wide.execute_script(
        "const c = document.getElementById('ground'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; const s = new Set();"
        "for (let i = 0; i < d.length; i += 4004) s.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);"
        "return s.size"
    )
    assert colours > 50
    assert wide.execute_script("return tairiku.view.counters.hits.length") > 30


def test_space_plays_and_stops(wide):
    key(wide, " ")
    until(wide, "tairiku.state.time > 0.5")
    key(wide, " ")
    assert not wide.execute_script("return tairiku.state.playing")


def test_arrows_step_and_plus_comes_closer(wide):
    key(wide, "ArrowRight")
    key(wide, "ArrowRight")
    key(wide, "ArrowLeft")
    assert wide.execute_script("return tairiku.state.time") == 1
    assert "18 April 1944" in wide.find_element("id", "date").text
    before = wide.execute_script("return tairiku.view.camera.scale")
    key(wide, "+")
    assert wide.execute_script("return tairiku.view.camera.scale") > before


def test_the_buttons_of_the_clock(wide):
    wide.find_element("id", "forward").click()
    assert wide.execute_script("return tairiku.state.time") == 1
    wide.find_element("id", "play").click()
    until(wide, "tairiku.state.time > 1.2")
    wide.find_element("id", "play").click()


def test_dragging_the_strip_sets_the_day(wide):
    from selenium.webdriver.common.action_chains import ActionChains

    strip = wide.find_element("id", "strip")
    ActionChains(wide).move_to_element(strip).click_and_hold().move_by_offset(
        60, -20
    ).release().perform()
    assert 15 < wide.execute_script("return tairiku.state.time") < 30


def test_a_click_on_a_counter_opens_its_unit(wide):
    from selenium.webdriver.common.action_chains import ActionChains

    wide.execute_script(
        "tairiku.view.camera.scale = 4; tairiku.view.go({kind: 'unit', id: 'jp-37d'})"
    )
    wide.execute_script(
        "tairiku.view.camera.scale = 4; tairiku.set({chosen: null}); tairiku.view.draw()"
    )
    x, y = wide.execute_script(
        "const u = tairiku.run.unitIndex.get('jp-37d');"
        "const h = tairiku.view.counters.hits.find((h) => h.stack.lead === u); return [h.x, h.y]"
    )
    moving = wide.find_element("id", "moving")
    size = moving.size
    ActionChains(wide).move_to_element_with_offset(
        moving, x - size["width"] / 2, y - size["height"] / 2
    ).click().perform()
    text = until(wide, "document.querySelector('#inspected h2').textContent")
    assert text == "37th Division"
    assert "12th Army" in wide.find_element("id", "inspected").text


def look_up(driver, wanted, found):
    """Type into the search box, take the first hit, and wait until it is the chosen thing."""
    box = driver.find_element("id", "search")
    box.click()
    box.clear()
    box.send_keys(wanted)
    until(driver, "!document.getElementById('found').hidden")
    box.send_keys("\n")
    until(driver, f"tairiku.state.chosen && tairiku.state.chosen.id === '{found}'")


def test_search_finds_a_place_in_any_script(wide):
    for wanted in ("zhengzhou", "鄭州", "郑州", "chengchow"):
        look_up(wide, wanted, "zhengzhou")
        assert wide.execute_script("return tairiku.state.chosen.kind") == "place"
    assert "German text" in wide.find_element("id", "inspected").text


def test_search_finds_a_person(wide):
    look_up(wide, "Umezu", "jp-kwantung")


@pytest.mark.parametrize(
    ("language", "word"),
    [("de", "Karte"), ("zht", "地圖"), ("zhs", "地图"), ("ja", "地図"), ("en", "Map")],
)
def test_the_page_speaks_five_languages(wide, language, word):
    wide.find_element("css selector", f"[data-language={language}]").click()
    assert wide.find_element("id", "tab-map").text == word
    assert wide.find_element("id", "date").text


def test_every_page_of_the_report_is_reached(wide):
    for tab in ("beside", "charts", "tables", "sources", "map"):
        wide.find_element("id", f"tab-{tab}").click()
        assert wide.find_element("id", f"page-{tab}").is_displayed()
    assert errors(wide) == []


def test_the_day_has_a_twin_in_tables(wide):
    wide.execute_script("tairiku.set({time: 10, tab: 'tables'})")
    rows = wide.find_elements("css selector", "#day-tables tbody tr")
    there = wide.execute_script(
        "const r = tairiku.run; let n = 0;"
        "for (let u = 0; u < r.units.length; u++) n += r.at('there', u, 11); return n"
    )
    assert len(rows) == there


def test_a_named_place_leads_to_the_map(wide):
    wide.execute_script("tairiku.set({tab: 'beside'})")
    wide.find_element("css selector", "#table-places [data-place] .link").click()
    assert wide.execute_script("return [tairiku.state.tab, tairiku.state.chosen.kind]") == [
        "map",
        "place",
    ]


def test_dark_and_light(wide):
    before = wide.execute_script("return getComputedStyle(document.body).backgroundColor")
    wide.find_element("id", "theme").click()
    after = wide.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert before != after
    wide.find_element("id", "theme").click()


def test_the_control_of_the_page_is_that_of_the_tables(wide):
    # replay all changes up to a day the plain way and compare with the page's checkpoints
    same = wide.execute_script(
        "const r = tairiku.run, a = r.arrays; for (const day of [-1, 0, 14, 15, 16, 31, 39]) {"
        "const now = new Uint8Array(r.hexes).fill(2);"
        "for (let i = 0; i < a.c_day.length; i++)"
        "  if (a.c_day[i] <= day) now[a.c_hex[i]] = a.c_side[i];"
        "const got = r.control(day);"
        "for (let h = 0; h < r.hexes; h++) if (now[h] !== got[h]) return day; }"
        "return true"
    )
    assert same is True


def test_the_phone_keeps_the_map_and_opens_sheets(phone):
    share = phone.execute_script("return document.getElementById('map').clientHeight / innerHeight")
    assert share > 0.6
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 390
    phone.execute_script("tairiku.view.go({kind: 'unit', id: 'jp-37d'})")
    sheet = phone.find_element("id", "inspector")
    assert sheet.is_displayed()
    assert sheet.size["height"] > 150
    phone.find_element("id", "close-inspector").click()
    assert not sheet.is_displayed()
    phone.find_element("id", "show-tree").click()
    assert phone.find_element("id", "tree").is_displayed()
    assert errors(phone) == []


def test_targets_are_large_enough_for_a_finger(phone):
    for name in ("play", "back", "forward", "zoom-in"):
        size = phone.find_element("id", name).size
        assert min(size["width"], size["height"]) >= 42, name


def test_a_unit_says_what_stopped_it_and_whose_order_it_has(wide):
    wide.execute_script(
        "const run = tairiku.run, u = [...run.units.keys()].find((u) => run.at('there', u, 6)"
        " && run.word('stopped', u, 6) === 'blocked-enemy');"
        "tairiku.set({time: 5, chosen: {kind: 'unit', id: run.units[u].id}});"
    )
    said = until(wide, "document.getElementById('inspected').innerText")
    assert "What stopped it" in said
    assert "The enemy bars its way." in said
    assert "Delivered" in said
    assert errors(wide) == []

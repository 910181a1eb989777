import shutil
import time
from collections.abc import Callable, Iterator

import pytest

from tairiku.report.report import write_report
from tairiku.scenario.load import load_scenario
from tests.report.synthetic import write_run

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def _browser() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    """The address of a report of a made-up run."""
    folder = tmp_path_factory.mktemp("browser") / "run"
    scenario = load_scenario("ichigo")
    return write_report(write_run(folder, scenario, days=40), scenario).as_uri()


@pytest.fixture(scope="session")
def open_page(request) -> Iterator[Callable[..., object]]:
    """Open the report in a real browser of a given size; closed at the end."""
    binary, chromedriver = _browser(), shutil.which("chromedriver")
    if binary is None or chromedriver is None:
        pytest.skip("no Chromium with chromedriver here; install chromium and chromium-driver")
    from selenium import webdriver

    page = request.getfixturevalue("page")
    opened = []

    def start(width: int, height: int, touch: bool = False) -> object:
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for flag in FLAGS.split():
            options.add_argument(flag)
        options.add_argument(f"--window-size={width},{height}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService(executable_path=chromedriver)
        driver = webdriver.Chrome(options=options, service=service)
        opened.append(driver)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.get(page)
        for _ in range(300):
            if driver.execute_script("return document.body.dataset.ready === 'yes'"):
                return driver
            time.sleep(0.1)
        raise AssertionError(driver.find_element("id", "loading").text)

    yield start
    for driver in opened:
        driver.quit()

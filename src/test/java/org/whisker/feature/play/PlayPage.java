package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.page.Browser;

/** The page in a real browser, used as people use it: by pointer, finger and keys. */
final class PlayPage {
  private static final int PATIENCE = 3_000;
  private static final Map<String, Integer> CODES =
      Map.of(
          "Tab",
          9,
          "Enter",
          13,
          " ",
          32,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40,
          "z",
          90,
          "w",
          87);

  private final Browser browser;
  private final int side;

  PlayPage(Browser browser, int side) {
    this.browser = browser;
    this.side = side;
  }

  void open(String link) throws Exception {
    // a link that differs in its fragment alone would not load the page again
    browser.load(link.substring(0, link.indexOf('#')) + "icon.svg");
    browser.eval("sessionStorage.clear()"); // what an earlier test painted
    browser.load(link);
    scored();
  }

  /** The same page again, as the browser's button does it. */
  void reload(String link) throws Exception {
    browser.load("about:blank");
    browser.load(link);
    scored();
  }

  /** Waits until an expression is true. */
  void until(String script) throws Exception {
    for (int i = 0; i < PATIENCE; i++) {
      if (browser.eval("Boolean(" + script + ")").asBoolean()) {
        return;
      }
      Thread.sleep(30);
    }
    throw new AssertionError("never true: " + script);
  }

  /** Waits until the score that is shown is that of the image that is shown. */
  void scored() throws Exception {
    until("document.body?.dataset.picture > 0");
    until("document.body.dataset.revision === document.body.dataset.picture");
  }

  String text(String selector) throws Exception {
    return browser.eval("document.querySelector('" + selector + "').textContent").asText();
  }

  double p() throws Exception {
    return Double.parseDouble(text("#p"));
  }

  double logit() throws Exception {
    return Double.parseDouble(
        browser.eval("document.getElementById('score-first').dataset.logit").asText());
  }

  /** How many pixels of the canvas are that dark. */
  int count(int level) throws Exception {
    return browser
        .eval(
            ("(c => { const o = new OffscreenCanvas(c.width, c.height).getContext('2d', {"
                    + " willReadFrequently: true }); o.drawImage(c, 0, 0); return"
                    + " Array.from(o.getImageData(0, 0, c.width, c.height).data).filter((v, i) => i %%"
                    + " 4 === 0 && v === %d).length; })(document.getElementById('picture'))")
                .formatted(level))
        .asInt();
  }

  private double[] middle(String selector) throws Exception {
    browser.eval(
        "document.querySelector('%s').scrollIntoView({block: 'center', behavior: 'instant'})"
            .formatted(selector));
    JsonNode box =
        browser.eval(
            "(b => [b.left, b.top, b.width, b.height])(document.querySelector('%s').getBoundingClientRect())"
                .formatted(selector));
    return new double[] {
      box.get(0).asDouble(), box.get(1).asDouble(), box.get(2).asDouble(), box.get(3).asDouble()
    };
  }

  /** Clicks the middle of an element with the mouse. */
  void click(String selector) throws Exception {
    double[] box = middle(selector);
    double x = box[0] + box[2] / 2;
    double y = box[1] + box[3] / 2;
    mouse("mouseMoved", x, y, 0);
    mouse("mousePressed", x, y, 1);
    mouse("mouseReleased", x, y, 0);
  }

  private void mouse(String type, double x, double y, int buttons) throws Exception {
    browser.call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "buttons",
            buttons,
            "clickCount",
            1,
            "button",
            type.equals("mouseMoved") && buttons == 0 ? "none" : "left"));
  }

  private double[] pixel(double[] box, int x, int y) {
    return new double[] {box[0] + box[2] * (x + 0.5) / side, box[1] + box[3] * (y + 0.5) / side};
  }

  /** Presses the mouse at the first pixel and drags it over the others. */
  void drag(int... xy) throws Exception {
    double[] box = middle("#picture");
    double[] at = pixel(box, xy[0], xy[1]);
    mouse("mouseMoved", at[0], at[1], 0);
    mouse("mousePressed", at[0], at[1], 1);
    for (int i = 2; i < xy.length; i += 2) {
      at = pixel(box, xy[i], xy[i + 1]);
      mouse("mouseMoved", at[0], at[1], 1);
    }
    mouse("mouseReleased", at[0], at[1], 0);
    scored();
  }

  void point(int x, int y) throws Exception {
    double[] at = pixel(middle("#picture"), x, y);
    mouse("mouseMoved", at[0], at[1], 0);
  }

  /** Draws along these pixels, given as x and y, with a finger. */
  void swipe(int... xy) throws Exception {
    double[] box = middle("#picture");
    for (int i = 0; i < xy.length; i += 2) {
      double[] at = pixel(box, xy[i], xy[i + 1]);
      touch(i == 0 ? "touchStart" : "touchMove", List.of(Map.of("x", at[0], "y", at[1])));
    }
    touch("touchEnd", List.of());
    scored();
  }

  private void touch(String type, List<Map<String, Double>> points) throws Exception {
    browser.call("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
  }

  /** Presses a key; ctrl for an undo and the like. */
  void key(String key, boolean ctrl) throws Exception {
    Map<String, Object> event = new HashMap<>();
    event.put("key", key);
    event.put("windowsVirtualKeyCode", CODES.getOrDefault(key, 0));
    event.put("modifiers", ctrl ? 2 : 0);
    event.put("type", "keyDown");
    if (!ctrl && key.length() == 1) {
      event.put("text", key);
    }
    browser.call("Input.dispatchKeyEvent", event);
    event.remove("text");
    event.put("type", "keyUp");
    browser.call("Input.dispatchKeyEvent", event);
  }

  /** Chooses in a list as a person would who has it open. */
  void choose(String id, String value) throws Exception {
    browser.eval(
        ("(s => { s.value = '%s'; s.dispatchEvent(new Event('change', { bubbles: true })); })"
                + "(document.getElementById('%s'))")
            .formatted(value, id));
  }

  /** Clicks a button that saves a file, and waits for it. */
  Path saved(String selector, Path folder, String name) throws Exception {
    browser.call(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString(), "eventsEnabled", true));
    int before = browser.heard("Browser.downloadProgress").size();
    click(selector);
    for (int i = 0; i < PATIENCE; i++) {
      List<JsonNode> heard = browser.heard("Browser.downloadProgress");
      if (heard.subList(Math.min(before, heard.size()), heard.size()).stream()
          .anyMatch(event -> event.path("state").asText().equals("completed"))) {
        Path file = folder.resolve(name);
        assertTrue(Files.exists(file), file.toString());
        return file;
      }
      Thread.sleep(30);
    }
    throw new AssertionError(name + " was not saved");
  }

  /** Fails for an error in the console, or a request to anywhere else. */
  void assertClean(String address) {
    List<String> wrong = new ArrayList<>();
    browser.heard("Runtime.exceptionThrown").forEach(e -> wrong.add(e.toString()));
    browser.heard("Log.entryAdded").forEach(e -> wrong.add(e.toString()));
    browser.heard("Runtime.consoleAPICalled").forEach(e -> wrong.add(e.toString()));
    assertEquals(List.of(), wrong);
    for (JsonNode request : browser.heard("Network.requestWillBeSent")) {
      String url = request.path("request").path("url").asText();
      assertTrue(url.startsWith(address) || url.startsWith("blob:" + address), url);
    }
  }
}

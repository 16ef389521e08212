package org.whisker.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapTest;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Scale;
import org.whisker.image.Canvas;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Details;
import org.whisker.page.Section.Figure;
import org.whisker.page.VerdictRow.Effect;
import org.whisker.page.VerdictRow.VerdictMark;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final String EVIL = "<script>alert('&\"')</script>";

  private static final Report SAMPLE = SampleReport.report();

  @TempDir Path folder;

  @BeforeEach
  void data() throws IOException {
    SampleReport.writeData(folder);
  }

  private String page(Report report) throws IOException {
    long size = HtmlReport.write(folder, report);
    Path page = folder.resolve("index.html");
    assertEquals(Files.size(page), size);
    assertTrue(size < HtmlReport.COMFORTABLE_BYTES);
    return Files.readString(page);
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void nothingComesFromOutside() throws Exception {
    Document document = parse(page(SAMPLE));
    for (Element e : elements(document, "*")) {
      for (String attribute : List.of("src", "href", "xlink:href", "data", "action", "srcset")) {
        String value = e.getAttribute(attribute);
        boolean inside = value.matches("|data:.*|#.*|\\./.*");
        assertTrue(inside, e.getTagName() + " " + attribute + "=" + value);
      }
    }
    for (Element style : elements(document, "style")) {
      String css = style.getTextContent();
      assertFalse(css.contains("url(") || css.contains("@import"));
    }
    assertEquals(1, elements(document, "script").size());
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    Document document = parse(page(SAMPLE));
    Set<String> ids = new HashSet<>();
    for (Element e : elements(document, "*")) {
      if (e.hasAttribute("id")) {
        assertTrue(ids.add(e.getAttribute("id")), "twice: " + e.getAttribute("id"));
      }
    }
    Set<String> files = new HashSet<>();
    for (Element a : elements(document, "a")) {
      String href = a.getAttribute("href");
      if (href.startsWith("#")) {
        assertTrue(ids.contains(href.substring(1)), href);
      } else {
        files.add(href.replace("%20", " "));
        assertTrue(Files.exists(folder.resolve(href.replace("%20", " "))), href);
      }
    }
    assertEquals(Set.of("./runs.csv", "./maps.csv", "./extra data.csv"), files);
    Matcher clip = Pattern.compile("url\\(#([^)]*)\\)").matcher(page(SAMPLE));
    int clips = 0;
    while (clip.find()) {
      assertTrue(ids.contains(clip.group(1)), clip.group(1));
      clips++;
    }
    assertTrue(clips > 0);
  }

  @Test
  void itCanBeReadByEveryone() throws Exception {
    Document document = parse(page(SAMPLE));
    assertEquals("en", document.getDocumentElement().getAttribute("lang"));
    int level = 0;
    for (Element e : elements(document, "*")) {
      if (e.getTagName().matches("h[1-6]")) {
        int next = e.getTagName().charAt(1) - '0';
        assertTrue(next <= level + 1, "heading order at " + e.getTextContent());
        level = next;
      }
      if (e.getTagName().equals("img")) {
        assertFalse(e.getAttribute("alt").isBlank());
      }
      if (e.getAttribute("class").equals("panel")) {
        assertFalse(e.getAttribute("aria-label").isBlank());
      }
    }
    assertEquals(1, elements(document, "h1").size());
  }

  @Test
  void inksStandOutFromThePaper() throws IOException {
    String page = page(SAMPLE);
    Matcher m = Pattern.compile("--(paper|text|muted|link): #([0-9a-f]{6});").matcher(page);
    double paper = 0;
    int checked = 0;
    while (m.find()) {
      double luminance = HeatmapTest.luminance(Integer.parseInt(m.group(2), 16));
      if (m.group(1).equals("paper")) {
        paper = luminance;
      } else {
        double contrast = (Math.max(luminance, paper) + 0.05) / (Math.min(luminance, paper) + 0.05);
        assertTrue(contrast >= 4.5, m.group() + " has contrast " + contrast);
        checked++;
      }
    }
    assertEquals(6, checked, "three inks, by day and by night");
  }

  @Test
  void everyTextIsEscaped() throws Exception {
    Effect effect = new Effect(0.1, 0, 0.2, EVIL, 0, -1, 1, OptionalDouble.empty());
    VerdictRow row =
        new VerdictRow(
            EVIL,
            EVIL,
            EVIL,
            EVIL,
            Optional.of(effect),
            OptionalDouble.of(0.01),
            VerdictMark.CAUSE,
            EVIL,
            OptionalDouble.of(0.5),
            EVIL);
    DataTable table = new DataTable(List.of(EVIL), List.of(List.of(EVIL)), EVIL);
    HeatmapFigure map =
        HeatmapFigure.of(
            EVIL, new Canvas(2, 1), new float[] {1, 2}, new Scale(0, 2, EVIL), ColorMap.SEQUENTIAL);
    Figure figure = new Figure(List.of(map.panel(), new Panel(map.png(1))), EVIL, EVIL, null);
    Details details = new Details(EVIL, List.of(EVIL), List.of(table));
    Section section =
        new Section("a", EVIL, List.of(EVIL), List.of(figure), List.of(table), List.of(details));
    Report report =
        new Report(
            EVIL,
            EVIL,
            List.of(EVIL),
            List.of(row),
            List.of(section),
            Map.of(EVIL, EVIL),
            List.of());
    String page = page(report);
    assertFalse(page.contains("<script>alert"));
    Document document = parse(page);
    assertEquals(1, elements(document, "script").size());
    String shown = document.getDocumentElement().getTextContent();
    assertTrue(shown.split(Pattern.quote(EVIL), -1).length - 1 >= 22, "shown as it was written");
  }

  @Test
  void aMissingDataFileIsNamedAndNothingWritten() throws IOException {
    Files.delete(folder.resolve("maps.csv"));
    IOException e = assertThrows(IOException.class, () -> HtmlReport.write(folder, SAMPLE));
    assertEquals(
        "the report links maps.csv, which is not in " + folder + "; write it first",
        e.getMessage());
    assertFalse(Files.exists(folder.resolve("index.html")));
  }

  @Test
  void linksStayInTheFolder() {
    for (String file : List.of("../x.csv", "/etc/passwd", "a\\b.csv", " ")) {
      Report report =
          new Report("t", "s", List.of(), List.of(), List.of(), Map.of(), List.of(file));
      assertThrows(IllegalArgumentException.class, () -> HtmlReport.write(folder, report), file);
    }
  }

  @Test
  void numbersAreForPeople() throws IOException {
    String page = page(SAMPLE);
    assertTrue(page.contains("<span class=\"value\">−0.085</span>"));
    assertTrue(page.contains("[−0.120, −0.050]"));
    assertTrue(page.contains(">&lt; 0.001<"));
    assertTrue(page.contains(">71 %<"));
    assertTrue(page.contains(">−5 %<"));
  }

  @Test
  void valuesAreChecked() {
    OptionalDouble none = OptionalDouble.empty();
    assertThrows(IllegalArgumentException.class, () -> new Effect(3, 0, 1, "", 0, -1, 1, none));
    assertThrows(
        IllegalArgumentException.class, () -> new Effect(Double.NaN, 0, 1, "", 0, -1, 1, none));
    assertThrows(IllegalArgumentException.class, () -> new Effect(0, 0, 0, "", 2, -1, 1, none));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new VerdictRow(
                "",
                "",
                "",
                "",
                Optional.empty(),
                OptionalDouble.of(1.5),
                VerdictMark.NOT_THE_CAUSE,
                "",
                none,
                ""));
    Section section = new Section("a", "A", List.of(), List.of(), List.of(), List.of());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Report(
                "", "", List.of(), List.of(), List.of(section, section), Map.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Section("A b", "A", List.of(), List.of(), List.of(), List.of()));
  }
}

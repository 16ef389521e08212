package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read first is short, and links lead somewhere. */
class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  /** A file beside a page. */
  private static final Pattern HREF = Pattern.compile(" href=\"([^\"#:]+)[\"#]");

  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern RUN = Pattern.compile("-Dtest=(\\w+(?:,\\w+)*)");
  private static final int README_LINES = 150;
  private static final int PAGE_LINES = 350;
  private static final int MEAN_WORDS = 20;
  private static final Set<String> MADE =
      Set.of("docs/commands.md", "docs/tables.md", "CHANGELOG.md");
  private static final int MOST_WORDS = 40;

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String file : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md")) {
      pages.add(Path.of(file));
    }
    for (String folder : List.of("docs", "models", "reports", "analyses")) {
      try (Stream<Path> files = Files.walk(Path.of(folder), 2)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  @Test
  void theReadmeIsOneSitting() throws IOException {
    long lines = Files.readString(Path.of("README.md")).lines().count();
    assertTrue(lines <= README_LINES, lines + " lines");
  }

  /** Help and README name the same time. */
  @Test
  void aReportTakesAsLongEverywhere() throws IOException {
    Matcher time =
        Pattern.compile("without a model: .* in (.* on two cores)\\.", Pattern.CASE_INSENSITIVE)
            .matcher(Files.readString(Path.of("docs/commands.md")));
    assertTrue(time.find());
    assertTrue(Files.readString(Path.of("README.md")).contains(time.group(1)), time.group(1));
  }

  @Test
  void sentencesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      if (isMade(page)) {
        continue;
      }
      List<String> sentences = sentences(Files.readString(page));
      double mean = sentences.stream().mapToLong(DocumentationTest::words).average().orElse(0);
      assertTrue(mean <= MEAN_WORDS, page + ": " + mean);
      sentences.stream()
          .filter(sentence -> words(sentence) > MOST_WORDS)
          .forEach(sentence -> tooLong.add(page + ": " + sentence));
    }
    assertEquals(List.of(), tooLong);
  }

  /** Made from declarations, which have tests of their own. */
  private static boolean isMade(Path page) {
    return page.endsWith("COLUMNS.md") || MADE.contains(page.toString());
  }

  /** Every page of docs is of one of the four kinds that the site shows. */
  @Test
  void everyPageHasAPlaceOnTheSite() throws IOException {
    String site = Files.readString(Path.of("src/assembly/site/Site.java"));
    List<String> nowhere = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("docs"), 2)) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".md") && !file.startsWith("docs/design/"))
          .filter(file -> !site.contains('"' + file + '"'))
          .forEach(nowhere::add);
    }
    assertEquals(List.of("docs/openssf.md"), nowhere);
  }

  /** A page that nobody can read in one sitting is two. */
  @Test
  void pagesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      long lines = Files.readString(page).lines().count();
      if (page.startsWith("docs") && !isMade(page) && lines > PAGE_LINES) {
        tooLong.add(page + ": " + lines);
      }
    }
    assertEquals(List.of(), tooLong);
  }

  /** Of paragraphs and items of lists; tables, headings and code are none. */
  private static List<String> sentences(String markdown) {
    String text =
        markdown
            .replaceAll("(?s)```.*?```|<!--.*?-->", "\n\n")
            .replaceAll("(?m)^\\s*([#|].*|!\\[.*)$", "\n")
            .replaceAll("(?m)^\\s*([-*]|\\d+\\.)\\s", "\n\n")
            .replaceAll("`[^`]*`", "X")
            .replaceAll("]\\([^)]*\\)|[*\\[]", "");
    List<String> sentences = new ArrayList<>();
    for (String paragraph : Pattern.compile("\n\\s*\n").splitAsStream(text).toList()) {
      Pattern.compile("(?<=[.!?])[\")]*\\s+(?=[\"(\\p{Lu}\\d½])")
          .splitAsStream(paragraph.strip())
          .filter(sentence -> words(sentence) > 1)
          .forEach(sentences::add);
    }
    return sentences;
  }

  private static long words(String sentence) {
    return Pattern.compile("\\s+")
        .splitAsStream(sentence)
        .filter(word -> Pattern.compile("[\\p{L}\\d]").matcher(word).find())
        .count();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher links = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("code"));
      while (links.find()) {
        String to = links.group(1);
        if (!to.matches("[a-z]+:.*") && !leads(page, to)) {
          broken.add(page + ": " + to);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** Reports here are copies, without their large tables. */
  @Test
  void everyFileThatAReportLinksIsThere() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("reports"), 2)) {
      for (Path page : files.filter(file -> file.endsWith("index.html")).toList()) {
        Matcher links = HREF.matcher(Files.readString(page));
        while (links.find()) {
          if (!leads(page, links.group(1))) {
            broken.add(page + ": " + links.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** Maven runs nothing, and says so, where a test has another name. */
  @Test
  void everyTestThatIsToBeRunIsThere() throws IOException {
    Set<String> there = new TreeSet<>();
    for (Path root : List.of(Path.of("src/test/java"), Path.of("src/spark"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> there.add(name.replace(".java", "")));
      }
    }
    Set<String> named = new TreeSet<>();
    for (Path page : pages()) {
      RUN.matcher(Files.readString(page)).results().forEach(run -> named.add(run.group(1)));
    }
    assertTrue(named.contains("CommandsPageTest,TablesPageTest"), named.toString());
    for (String tests : named) {
      assertTrue(there.containsAll(List.of(tests.split(","))), tests);
    }
  }

  private static boolean leads(Path page, String to) throws IOException {
    int hash = to.indexOf('#');
    String file = hash < 0 ? to : to.substring(0, hash);
    Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || anchors(target).contains(to.substring(hash + 1));
  }

  /** As GitHub names headings. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new TreeSet<>();
    String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
    text.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceAll("^#+ ", "").strip().toLowerCase(Locale.ROOT))
        .forEach(
            heading -> anchors.add(heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')));
    Matcher named = Pattern.compile("<a id=\"([^\"]+)\"></a>").matcher(Files.readString(page));
    while (named.find()) {
      anchors.add(named.group(1));
    }
    return anchors;
  }

  @Test
  void aBrokenLinkWouldBeFound() throws IOException {
    assertTrue(leads(Path.of("docs/guide.md"), "how-to/images.md#see-where-pixels-lie"));
    assertTrue(!leads(Path.of("docs/guide.md"), "how-to.md#no-such"));
    assertTrue(!leads(Path.of("docs/guide.md"), "no-such.md"));
  }
}

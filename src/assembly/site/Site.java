import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes the documentation a site of plain HTML that needs no network: a page for each Markdown
 * file, with a search over all sections. A program of one file, which the build runs as it is. It
 * fails where a link leads nowhere.
 *
 * <p>Arguments: the root of the repository, and the folder to write to.
 */
@SuppressWarnings("DefaultPackage") // it is started from its source file
public final class Site {
  /** The four kinds of pages; what is not named here is behind them. */
  private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(
        "First steps",
        List.of("README.md", "docs/look-first.md", "docs/install.md", "docs/guide.md"));
    KINDS.put(
        "How to …",
        List.of(
            "docs/how-to.md",
            "docs/how-to/report.md",
            "docs/how-to/images.md",
            "docs/how-to/causes.md",
            "docs/how-to/network.md",
            "docs/how-to/models.md",
            "docs/how-to/transformers.md",
            "docs/how-to/tools.md",
            "docs/how-to/original-experiment.md",
            "docs/how-to/play.md",
            "docs/how-to/many-machines.md",
            "docs/how-to/figures.md",
            "docs/java.md",
            "docs/extend.md",
            "CONTRIBUTING.md"));
    KINDS.put(
        "Reference",
        List.of(
            "docs/commands.md",
            "docs/tables.md",
            "docs/report.md",
            "docs/glossary.md",
            "docs/onnx-operators.md",
            "docs/methods.md",
            "models/README.md",
            "CHANGELOG.md"));
    KINDS.put(
        "Why it works so",
        List.of(
            "reports/README.md",
            "docs/why.md",
            "docs/parity.md",
            "docs/design.md",
            "docs/intervals.md",
            "docs/calibration.md",
            "docs/performance.md",
            "docs/reliability.md",
            "docs/sweep.md"));
  }

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  private final Path root;
  private final Path out;
  private final Map<Path, Page> pages = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private Site(Path root, Path out) {
    this.root = root;
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    new Site(Path.of(args[0]), Path.of(args[1])).make();
  }

  private void make() throws IOException {
    for (Path source : sources()) {
      pages.put(source, new Page(source, PARSER.parse(Files.readString(root.resolve(source)))));
    }
    for (Page page : pages.values()) {
      new Links(page).follow();
    }
    if (!faults.isEmpty()) {
      throw new IOException(String.join("\n", faults));
    }
    for (Page page : pages.values()) {
      write(page.target(), page.html(navigation(page)));
    }
    write(Path.of("sections.js"), "var SECTIONS = " + sections() + ";\n");
    for (String file : List.of("site.css", "site.js")) {
      write(Path.of(file), Files.readString(root.resolve("src/assembly/site").resolve(file)));
    }
  }

  private List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String file : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md")) {
      found.add(Path.of(file));
    }
    for (String folder : List.of("analyses", "docs", "models", "reports")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder), 2)) {
        files.filter(f -> f.toString().endsWith(".md")).map(root::relativize).forEach(found::add);
      }
    }
    return found.stream().filter(f -> !f.endsWith("COLUMNS.md")).sorted().toList();
  }

  private void write(Path file, String text) throws IOException {
    Path target = out.resolve(file);
    Files.createDirectories(target.getParent());
    Files.write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  private String navigation(Page here) {
    StringBuilder text = new StringBuilder();
    KINDS.forEach(
        (kind, files) -> {
          text.append("<h2>").append(kind).append("</h2>\n<ul>\n");
          for (String file : files) {
            Page page = pages.get(Path.of(file));
            if (page != null) {
              String mark = page == here ? " class=\"here\"" : "";
              text.append("<li%s><a href=\"%s\">".formatted(mark, here.to(page.target())))
                  .append(escaped(page.title()))
                  .append("</a></li>\n");
            }
          }
          text.append("</ul>\n");
        });
    return text.toString();
  }

  /** What is searched: a row for each section, of its address, its title and its text. */
  private String sections() {
    return pages.values().stream()
        .flatMap(page -> page.sections().stream())
        .collect(Collectors.joining(",\n", "[\n", "\n]"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String quoted(String text) {
    String safe = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c");
    return "\"" + safe.replaceAll("\\s+", " ").strip() + "\"";
  }

  /** The text of a node without markup. */
  private static String plain(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text each) {
            text.append(each.getLiteral());
          }

          @Override
          public void visit(Code each) {
            text.append(each.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak each) {
            text.append(' ');
          }

          @Override
          public void visit(FencedCodeBlock each) {
            text.append(each.getLiteral());
          }

          @Override
          protected void visitChildren(Node parent) {
            super.visitChildren(parent);
            if (parent instanceof Block || parent instanceof TableCell) {
              text.append(' ');
            }
          }
        });
    return text.toString();
  }

  /** A Markdown file, and what becomes of it. */
  private static final class Page {
    private final Path source;
    private final Node document;
    private final Map<Heading, String> anchors = new LinkedHashMap<>();

    Page(Path source, Node document) {
      this.source = source;
      this.document = document;
      Map<String, Integer> seen = new HashMap<>();
      for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
        if (node instanceof Heading heading) {
          String anchor = anchor(plain(heading));
          int before = seen.merge(anchor, 1, Integer::sum) - 1;
          anchors.put(heading, before == 0 ? anchor : anchor + "-" + before);
        }
      }
    }

    /** As GitHub names a heading. */
    private static String anchor(String heading) {
      return heading
          .strip()
          .toLowerCase(Locale.ROOT)
          .replaceAll("[^\\p{L}\\p{N} _-]", "")
          .replace(' ', '-');
    }

    Path target() {
      return source.equals(Path.of("README.md"))
          ? Path.of("index.html")
          : Path.of(source.toString().replaceAll("\\.md$", ".html"));
    }

    String title() {
      return anchors.isEmpty()
          ? source.toString()
          : plain(anchors.keySet().iterator().next()).strip();
    }

    boolean has(String anchor) {
      return anchors.containsValue(anchor);
    }

    /** A link from here, relative. */
    String to(Path target) {
      Path folder = target().getParent();
      Path relative = folder == null ? target : folder.relativize(target);
      return relative.toString().replace('\\', '/');
    }

    String html(String navigation) {
      HtmlRenderer renderer =
          HtmlRenderer.builder()
              .extensions(EXTENSIONS)
              .attributeProviderFactory(
                  context ->
                      (node, tag, attributes) -> {
                        if (node instanceof Heading heading && anchors.containsKey(heading)) {
                          attributes.put("id", anchors.get(heading));
                        }
                      })
              .build();
      return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <link rel="stylesheet" href="%s">
      </head>
      <body data-root="%s">
      <nav>
      <input type="search" placeholder="Search" aria-label="Search all pages">
      <div id="found" role="status"></div>
      %s</nav>
      <main>
      %s</main>
      <script src="%s"></script>
      <script src="%s"></script>
      </body>
      </html>
      """
          .formatted(
              escaped(title()),
              to(Path.of("site.css")),
              to(Path.of("site.css")).replace("site.css", ""),
              navigation,
              renderer
                  .render(document)
                  .replace("<table>", "<div class=\"wide\"><table>")
                  .replace("</table>", "</table></div>"),
              to(Path.of("sections.js")),
              to(Path.of("site.js")));
    }

    List<String> sections() {
      List<String> rows = new ArrayList<>();
      String place = target().toString().replace('\\', '/');
      String heading = title();
      StringBuilder text = new StringBuilder();
      for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
        if (node instanceof Heading next) {
          add(rows, place, heading, text);
          heading = plain(next).strip();
          place = target().toString().replace('\\', '/') + "#" + anchors.get(next);
          text.setLength(0);
        } else {
          text.append(plain(node)).append(' ');
        }
      }
      add(rows, place, heading, text);
      return rows;
    }

    private void add(List<String> rows, String place, String heading, CharSequence text) {
      if (!text.toString().isBlank()) {
        String where = heading.equals(title()) ? heading : title() + ": " + heading;
        rows.add("[%s, %s, %s]".formatted(quoted(place), quoted(where), quoted(text.toString())));
      }
    }
  }

  /** Leads the links of a page to pages and files of the site. */
  private final class Links {
    private final Page page;
    private final Set<Node> dropped = new HashSet<>();

    Links(Page page) {
      this.page = page;
    }

    void follow() throws IOException {
      List<Node> nodes = new ArrayList<>();
      page.document.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Link link) {
              nodes.add(link);
              visitChildren(link);
            }

            @Override
            public void visit(Image image) {
              nodes.add(image);
            }
          });
      for (Node node : nodes) {
        if (node instanceof Link link) {
          link.setDestination(led(link, link.getDestination(), false));
        } else if (node instanceof Image image) {
          image.setDestination(led(image, image.getDestination(), true));
        }
      }
      dropped.forEach(Links::unlink);
    }

    private String led(Node node, String destination, boolean shown) throws IOException {
      if (destination.matches("[a-z]+:.*")) {
        return destination;
      }
      int hash = destination.indexOf('#');
      String anchor = hash < 0 ? "" : destination.substring(hash + 1);
      String file = hash < 0 ? destination : destination.substring(0, hash);
      Path wanted = file.isEmpty() ? page.source : beside(file);
      if (!Files.exists(root.resolve(wanted))) {
        faults.add(page.source + ": there is no " + destination);
        return destination;
      }
      Page other = pages.getOrDefault(wanted, pages.get(wanted.resolve("README.md")));
      if (other != null) {
        if (!anchor.isEmpty() && !other.has(anchor)) {
          faults.add(page.source + ": there is no section " + destination);
        }
        return page.to(other.target()) + (anchor.isEmpty() ? "" : "#" + anchor);
      }
      if (shown || (wanted.startsWith("docs") && Files.isRegularFile(root.resolve(wanted)))) {
        Path copy = out.resolve(wanted);
        Files.createDirectories(copy.getParent());
        Files.copy(root.resolve(wanted), copy, StandardCopyOption.REPLACE_EXISTING);
        return page.to(wanted);
      }
      dropped.add(node);
      return destination;
    }

    private Path beside(String file) {
      Path folder = page.source.getParent();
      return (folder == null ? Path.of(file) : folder.resolve(file)).normalize();
    }

    /** Leaves the text of a link to what the site doesn't hold. */
    private static void unlink(Node link) {
      while (link.getFirstChild() != null) {
        link.insertBefore(link.getFirstChild());
      }
      link.unlink();
    }
  }
}

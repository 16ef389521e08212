package org.whisker.feature.report;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.diagnose.DiagnosisPage;
import org.whisker.feature.evolve.EvolvePage;
import org.whisker.feature.explain.ReportPage;
import org.whisker.feature.saliency.SaliencyPage;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Contained;
import org.whisker.io.InputFile;
import org.whisker.io.Manifest;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Leftovers;
import org.whisker.job.OutputFolder;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.option.Option;
import org.whisker.page.HtmlReport;
import org.whisker.saliency.result.SaliencyFolder;

/** {@code whisker report}: the page of an explanation, drawn again from its tables. */
@Command(
    name = "report",
    description = {
      "Redraws index.html from the tables of a folder that explain, evolve or saliency wrote, or"
          + " from the tables and charts of one that ablate, heatmap, probe or boundary wrote. A"
          + " page of another command stays as it is.",
      "It needs neither a model nor any file outside the folder.",
      "A folder that can't be read is reported; the others are drawn, and the exit code is 1."
    },
    footer = {
      "",
      "Examples:",
      "  whisker report my-report",
      "  whisker report reports/*",
      "  whisker report my-report --share to-send",
      "  whisker report my-report --single-file my-report.html"
    })
@HelpOrder("--share --single-file --quiet --verbose")
public final class ReportCommand extends RecordCommand<ReportCommand.Asked> {
  /** Which pages are drawn, and where else they are written. */
  record Asked(
      @Option(needed = true, label = "DIR", help = "Folders that these commands wrote.")
          List<Path> folders,
      @Option(
              names = "--share",
              label = "DIR",
              help =
                  "Also write a copy for sharing: the page and its tables, without those above 100"
                      + " kB. For a single folder only.")
          Optional<Path> share,
      @Option(
              names = "--single-file",
              label = "FILE",
              help =
                  "Also write the page to one file for sharing, without links to its tables. For a"
                      + " single folder only.")
          Optional<Path> singleFile) {}

  public ReportCommand(Environment environment) {
    super(environment, Asked.class);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    InvalidRequestException.refuse(
        asked.share().isPresent() && asked.folders().size() > 1,
        "--share takes one folder, not " + asked.folders().size());
    BadInputs bad = new BadInputs(asked.folders().size() > 1);
    InvalidRequestException.refuse(
        asked.singleFile().isPresent() && asked.folders().size() > 1,
        "--single-file takes one folder, not " + asked.folders().size());
    for (Path folder : asked.folders()) {
      try {
        draw(asked, folder);
      } catch (IOException e) {
        bad.found(e);
      }
    }
    bad.leftOut().forEach(line -> environment().err().println("whisker: " + line));
    return bad.leftOut().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void draw(Asked asked, Path folder) throws IOException {
    if (lacksTables(folder)) {
      throw new IOException(
          folder + " is a copy without its large tables; draw the report that it was made of");
    }
    if (Files.isDirectory(folder)
        && (asked.share().isPresent() || asked.singleFile().isPresent())) {
      new Contained(folder).requireNoWayOut();
    }
    AtomicLong drawn = new AtomicLong();
    FolderSession.draw(folder, () -> drawn.set(page(folder)));
    long bytes = drawn.get();
    Path page = folder.resolve("index.html");
    environment().out().println(page);
    if (asked.share().isPresent()) {
      share(folder, asked.share().get());
    }
    if (asked.singleFile().isPresent()) {
      writeSingleFile(folder, asked.singleFile().get());
      environment().out().println(asked.singleFile().get());
    }
    if (bytes > HtmlReport.COMFORTABLE_BYTES && !common().quiet()) {
      environment()
          .err()
          .printf(
              Locale.ROOT,
              "whisker: %s has %.1f MiB, more than the 5 that a phone likes%n",
              page,
              bytes / (double) (1 << 20));
    }
  }

  private static long page(Path folder) throws IOException {
    if (EvolvePage.isFor(folder)) {
      return EvolvePage.write(folder);
    }
    if (DiagnosisPage.isFor(folder)) {
      return DiagnosisPage.write(folder);
    }
    if (FolderPage.isFor(folder)) {
      return FolderPage.write(folder);
    }
    if (SaliencyFolder.isIn(folder)) {
      SaliencyPage.write(folder);
      return Files.size(folder.resolve(PAGE));
    }
    if (isOfAnother(folder)) {
      return Files.size(folder.resolve(PAGE));
    }
    return ReportPage.write(folder);
  }

  /** Whether it has the page of a command that writes it together with its tables. */
  private static boolean isOfAnother(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(PAGE))
        && Manifest.isIn(folder)
        && !REPORTS.contains(Manifest.text(folder, "/command"));
  }

  private void share(Path folder, Path copy) throws IOException {
    InvalidRequestException.refuse(
        copy.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize()),
        "--share " + copy + " lies in the report; name a folder outside of it");
    OutputFolder.create("--share", copy);
    List<String> left = writeSharedCopy(folder, copy);
    environment().out().println(copy.resolve("index.html"));
    if (!left.isEmpty() && !common().quiet()) {
      environment().err().println("whisker: not in the copy: " + String.join(", ", left));
    }
  }

  /** Commands whose page is a report. */
  private static final Set<String> REPORTS = Set.of("explain", "compare", "");

  private static final Pattern LINK =
      Pattern.compile("<a class=\"data\" href=\"\\./[^\"]+\">([^<]*)</a>");
  private static final Pattern TABLES =
      Pattern.compile("<div class=\"tables\">.*?\n</div>\n", Pattern.DOTALL);
  private static final String NOTE =
      "<p>This page is a single file: the tables that it names stayed in the folder that it was"
          + " drawn in.</p>\n";

  /**
   * A page as one file for sharing: it links no table, so it needs no folder beside it.
   *
   * <p>Writes the page without its links to tables, whose names it keeps.
   *
   * @param folder with its {@code index.html}
   * @param file to write; replaced if it is there
   * @throws IOException when the file is the page itself, or can't be written
   */
  public static void writeSingleFile(Path folder, Path file) throws IOException {
    Path page = folder.resolve("index.html");
    if (Files.exists(file) && Files.isSameFile(page, file)) {
      throw new IOException(file + " is the page itself; name another file");
    }
    if (Files.exists(file) && file.toRealPath().startsWith(folder.toRealPath())) {
      throw new IOException(file + " is a file of the report; name another file");
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name a file, such as " + file + ".html");
    }
    String text = TABLES.matcher(InputFile.text(page)).replaceAll(Matcher.quoteReplacement(NOTE));
    String alone = LINK.matcher(text).replaceAll("<span class=\"data\">$1</span>");
    Leftovers.removeAbandonedOf(file);
    AtomicFiles.write(file, alone.getBytes(StandardCharsets.UTF_8));
  }

  /** Maximum size of a table, in bytes; larger ones are omitted. */
  private static final long MOST_BYTES = 100_000;

  private static final Pattern SHARED_COPY_LINK =
      Pattern.compile("<a class=\"data\" href=\"\\./([^\"]+)\">([^<]*)</a>");
  private static final String LEFT_OUT = " (not in this copy)</span>";
  private static final String PAGE = "index.html";

  /**
   * A copy of a report for sharing: the page with its figures, the manifest, and the linked tables
   * unless they are large. Links to omitted tables are replaced by their names.
   *
   * <p>Writes the copy; the page is written last. A table outside the report's folder, or behind a
   * symbolic link, is omitted: what is shared is what lies in the folder.
   *
   * @param report folder of the report, with its page
   * @param copy a new or empty folder
   * @return the omitted tables
   */
  private static List<String> writeSharedCopy(Path report, Path copy) throws IOException {
    String page = InputFile.text(report.resolve(PAGE));
    Path folder = report.toRealPath();
    Set<String> left = new TreeSet<>();
    for (String href : linked(page)) {
      String file = file(href);
      if (isShared(folder, file)) {
        AtomicFiles.write(
            new Contained(copy).resolve(file),
            InputFile.bytes(new Contained(folder).resolve(file)));
      } else {
        left.add(file);
      }
    }
    Path columns = folder.resolve(Manifest.COLUMNS);
    if (Files.isRegularFile(columns, LinkOption.NOFOLLOW_LINKS)) {
      AtomicFiles.write(copy.resolve(Manifest.COLUMNS), InputFile.bytes(columns));
    }
    String shared =
        SHARED_COPY_LINK
            .matcher(page)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        left.contains(file(m.group(1))) ? name(m) : m.group()));
    AtomicFiles.write(copy.resolve(PAGE), shared.getBytes(StandardCharsets.UTF_8));
    return List.copyOf(left);
  }

  private static boolean isShared(Path folder, String file) throws IOException {
    Path wanted = new Contained(folder).resolve(file);
    if (!wanted.toRealPath().equals(wanted)) {
      return false;
    }
    return file.equals(Manifest.NAME) || Files.size(wanted) <= MOST_BYTES;
  }

  /** The path that a link in the page names: percent-encoded, then escaped as HTML. */
  private static String file(String href) {
    String plain =
        href.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    return URI.create("./" + plain).getPath().substring(2);
  }

  /** Whether a folder is such a copy with omitted tables, from which the page cannot be redrawn. */
  private static boolean lacksTables(Path folder) throws IOException {
    Path page = folder.resolve(PAGE);
    return Files.isRegularFile(page) && InputFile.text(page).contains(LEFT_OUT);
  }

  private static List<String> linked(String page) {
    return SHARED_COPY_LINK
        .matcher(page)
        .results()
        .map(m -> m.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  private static String name(MatchResult link) {
    return "<span class=\"data\">" + link.group(2) + LEFT_OUT;
  }
}

package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.command.AgainstOption;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.io.Decimals;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.ForwardingListener;
import org.whisker.job.JobManifest;
import org.whisker.option.Option;
import org.whisker.option.OptionValue;
import org.whisker.saliency.Method;
import org.whisker.saliency.PhotoMaps.Contrast;
import org.whisker.saliency.faithfulness.DeletionInsertion.RelevanceGain;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.PhotoMapRow;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.table.ChartRequest.Layout;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** {@code whisker saliency}: which pixels of single images the logit depends on. */
@Command(
    name = "saliency",
    description = {
      "Explains single images by saliency maps: which pixels the logit against the target depends on.",
      "Writes for each image and method: the map (CSV, NPY), a picture of it, also over the image,"
          + " its profile from the border inwards compared with shifted maps, and its coverage;"
          + " also summary.csv, gallery.png, index.html, and of four images or more a sheet of each"
          + " method.",
      "Ctrl-C keeps finished results; --resume continues."
    },
    footer = {
      "",
      "auto for --fill and --baseline: white for black pixels on white, black for the",
      "white image, the background for other evolved images, the mean for photos.",
      "Words can take a number: gray:0.3, blur:4 (standard deviation in pixels).",
      "Tables keep each method's own sign and unit; in pictures, red is for cat.",
      "",
      "Examples:",
      "  whisker saliency --method list",
      "  whisker saliency --model vgg16-mini --image docs/cat.png white",
      "  whisker saliency --model vgg16-mini --image my-run --method all",
      "  whisker saliency --model vgg16-mini --image docs/cat.png --method occlusion \\",
      "      --window 8 --stride 2 --border wrap --verify",
      "  whisker saliency --model vgg16-mini --image docs/cat.png --faithfulness --out why",
      "  whisker saliency --resume why",
      "  whisker saliency --model vgg16-mini,inception-resnet-v2-mini \\",
      "      --image docs/cat.png --out both",
      "  whisker saliency --model vgg16-mini,inception-resnet-v2-mini \\",
      "      --images photos/test --per-group 100 --method gradient,deeplift --summary"
    })
@HelpOrder("--model --target --against * --per-group --batch --seed --out --resume --resize")
public final class SaliencyCommand extends JobCommand<SaliencyConfig, Optional<SaliencyResult>> {
  private static final String METHOD = "--method";

  /** What decides the job, and no number. */
  record Kind(
      @Option(
              names = "--summary",
              help = {
                "Keep no maps: the mean profile from border to centre over the photos, with"
                    + " intervals over photos, by group (such as cat/ and not_cat/) and by model,"
                    + " and differences of the edge index.",
                "Writes photos.csv, a row a map as it is made, mean_profiles.csv, edge_index.csv,"
                    + " contrasts.csv, mean_profiles.png, mean_profiles.svg."
              })
          boolean summary) {}

  private final RecordOptions<Kind> kind = RecordOptions.of(Kind.class);
  private final RecordOptions<AgainstOption> against = RecordOptions.of(AgainstOption.class);

  public SaliencyCommand(Environment environment) {
    super(
        environment,
        SaliencyConfig.class,
        SaliencyCommand::job,
        some -> some,
        Extra.CHARTS,
        Extra.MAPS);
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(kind, against);
  }

  @Override
  public Integer call() throws IOException {
    if (typed(METHOD).contains("list")) {
      if (json()) {
        new Document()
            .table("methods", MethodRow.TABLE, MethodRow.all())
            .print(environment().out());
      } else {
        environment().out().print(table());
      }
      return ExitCode.OK;
    }
    if (read(kind).summary || isOf(PhotoSummaryJob.COMMAND)) {
      InvalidRequestException.refuse(
          isTyped("--faithfulness"), "--summary keeps no map to test; leave --faithfulness out");
      InvalidRequestException.refuse(
          isTyped("--toward"), "--summary keeps no map that has a sign; leave --toward out");
      InvalidRequestException.refuse(
          charts().layout().isPresent(), "--summary keeps no map to lay out; leave --layout out");
      return run(
          new PhotoSummaryJob(context()),
          this::config,
          this::saySummary,
          result -> result.done() ? Optional.of(result.folder()) : Optional.empty(),
          folder -> Document.of(folder, PhotoMapRow.EdgeIndexRow.TABLE, Contrast.TABLE));
    }
    if (isOf(ComparedMaps.COMMAND)
        || (resume().folder().isEmpty() && super.config().isOfSeveral())) {
      JobContext context = context();
      return run(
          new ComparedMaps.Job(context.with(new PageListener(context.listener()))),
          this::config,
          this::sayCompared,
          result -> result.filter(ComparedMaps.Result::done).map(ComparedMaps.Result::folder),
          folder -> new Document().value("folder", folder));
    }
    InvalidRequestException.refuse(
        charts().layout().filter(Layout::isOfModels).isPresent(),
        "--layout: models are beside each other where there are several; name them, as in --model"
            + " a,b, or take photos-by-methods");
    return super.call();
  }

  private boolean isOf(String command) {
    Optional<Path> resumed = resume().folder();
    return resumed.isPresent() && JobManifest.isOf(resumed.get(), command);
  }

  /** Methods that are named, and not by a word for several, must be usable on each picture. */
  @Override
  protected SaliencyConfig config() {
    SaliencyConfig given = super.config();
    SaliencyConfig config =
        given.ofModel(
            given.models().stream().map(read(against)::in).collect(Collectors.joining(",")));
    List<String> typed = typed(METHOD);
    boolean byName = !typed.isEmpty() && !typed.contains("all") && !typed.contains("quick");
    return byName ? config.withMethods(config.methods().toArray(String[]::new)) : config;
  }

  /** {@code --method list} and {@code --resume} need neither model nor image. */
  @Override
  protected String missing(List<OptionValue> missing) {
    return "Missing required option: '" + missing.get(0).declared().names()[0] + "'";
  }

  private static SaliencyJob job(JobContext context) {
    return new SaliencyJob(context.with(new PageListener(context.listener())));
  }

  private int sayCompared(Optional<ComparedMaps.Result> of) {
    if (of.isEmpty()) {
      return ExitCode.FAILURE;
    }
    ComparedMaps.Result result = of.get();
    result
        .results()
        .forEach(
            (model, each) -> {
              environment().out().println(model);
              environment().out().println(saliencySummary(each.maps()));
            });
    ResumableCommand.end(environment(), result.folder(), result.done());
    return result.results().values().stream().allMatch(each -> each.failures().isEmpty())
        ? ExitCode.OK
        : ExitCode.FAILURE;
  }

  private int saySummary(PhotoSummaryJob.Result result) {
    if (result.done()) {
      environment().out().print(photoSummaryText(result));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return new Document()
        .table(
            "summary",
            SaliencyRow.TABLE,
            SaliencyRow.TABLE.read(folder.resolve(SaliencyFiles.SUMMARY)))
        .value("folder", folder);
  }

  @Override
  protected int say(Optional<SaliencyResult> of) {
    if (of.isEmpty()) {
      return ExitCode.FAILURE;
    }
    SaliencyResult result = of.get();
    environment().out().print(saliencySummary(result.maps()));
    if (!result.tested().isEmpty()) {
      environment().out().print(believed(result.tested()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return result.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** One line for each method; those of {@code quick} have a star. */
  private static String table() {
    return TextTable.of(
            Columns.of(MethodRow.class)
                .with("METHOD", MethodRow::method)
                .with("QUICK", row -> row.quick() ? "*" : "")
                .with("NEEDS", MethodRow::needs)
                .with("MAP", MethodRow::map),
            MethodRow.all())
        + "smooth-NAME: the mean of a method over noisy copies, for those that need gradients,"
        + " known layers or an embedding of places\n";
  }

  /** A method that there is. */
  private record MethodRow(
      String method,
      @Column(meaning = "whether it is one of those that --method quick names") boolean quick,
      @Column(meaning = "what the network or the picture must have for it") String needs,
      @Column(meaning = "what a value of its map is") String map) {
    static final Table<MethodRow> TABLE = Table.of(MethodRow.class);

    static List<MethodRow> all() {
      return Methods.all().stream().map(MethodRow::of).toList();
    }

    private static MethodRow of(Method method) {
      return new MethodRow(
          method.label(),
          SaliencyConfig.QUICK.contains(method.label()),
          switch (method.need()) {
            case NONE -> "-";
            case GRADIENTS -> "gradients";
            case FEATURES -> "a layer";
            case ATTENTION -> "attention";
            case RULES -> "known layers";
            case POSITIONS -> "an embedding of places";
            case BLACK_PIXELS -> "black on white";
          },
          method.line());
    }
  }

  /** Draws the page of the maps, too. */
  private record PageListener(JobListener to) implements ForwardingListener {
    @Override
    public void tablesWritten(Path folder) throws IOException {
      to.tablesWritten(folder);
      SaliencyPage.write(folder);
    }
  }

  /** What many photos say, in two tables. */
  private static String photoSummaryText(PhotoSummaryJob.Result result) {
    String text =
        TextTable.of(
                Columns.of(PhotoMapRow.EdgeIndexRow.class)
                    .with("MODEL", PhotoMapRow.EdgeIndexRow::model)
                    .with("GROUP", PhotoMapRow.EdgeIndexRow::group)
                    .with("METHOD", PhotoMapRow.EdgeIndexRow::method)
                    .with("PHOTOS", PhotoMapRow.EdgeIndexRow::photos)
                    .with("E", row -> number(row.edgeIndex()))
                    .with(
                        "95 % INTERVAL",
                        row -> number(row.ciLow()) + " to " + number(row.ciHigh())),
                result.edges())
            + "E: mean edge index of |value|, ½ for a uniform map, below ½ nearer the edge\n";
    return result.contrasts().isEmpty() ? text : text + contrasts(result.contrasts());
  }

  private static String contrasts(List<Contrast> contrasts) {
    return "\n"
        + TextTable.of(
            Columns.of(Contrast.class)
                .with("METHOD", Contrast::method)
                .with(
                    "DIFFERENCE",
                    row ->
                        row.paired()
                            ? "%s − %s, %s".formatted(row.modelA(), row.modelB(), row.groupA())
                            : "%s − %s, %s".formatted(row.groupA(), row.groupB(), row.modelA()))
                .with("ΔE", row -> Decimals.fixed(row.deltaEdgeIndex(), 3))
                .with(
                    "95 % INTERVAL",
                    row ->
                        Decimals.fixed(row.ciLow(), 3) + " to " + Decimals.fixed(row.ciHigh(), 3))
                .with("P, CORRECTED", row -> Decimals.probability(row.pHolm())),
            contrasts);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 3) : "-";
  }

  /** Maps in a few lines. */
  private static String saliencySummary(List<SaliencyRow> maps) {
    return TextTable.of(
            Columns.of(SaliencyRow.class)
                .with("IMAGE", SaliencyRow::image)
                .with("p(target)", of -> Text.of("%.3f", of.pTarget()))
                .with("METHOD", SaliencyRow::method)
                .with("MEAN |VALUE|", of -> Text.of("%.3g", of.meanAbsolute()))
                .with("EDGE INDEX", of -> Text.number("%.3f", of.edgeIndex(), "-"))
                .with("P", of -> p(of.pEdgeIndex()))
                .with("RHO(u, |V|)", of -> Text.number("%+.2f", of.rhoEdgeRank(), "-"))
                .with("P", of -> p(of.pEdgeRank()))
                .with("", of -> note(of)),
            maps)
        + "edge index of |value|: 0.5 is everywhere alike, less is nearer the edge;"
        + System.lineSeparator()
        + "rho: rank correlation of the edge rank u (0 at the border) and |value|; p: against the"
        + " map shifted at random"
        + System.lineSeparator();
  }

  /** A row a tested map. */
  private static String believed(List<FaithfulnessRow> maps) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "IMAGE",
            "METHOD",
            "ORDER",
            "DELETION",
            "P",
            "INSERTION",
            "P",
            "SRG",
            "P",
            "INFIDELITY",
            "SENSITIVITY",
            "RHO",
            "P",
            "SMOOTH RHO",
            "COMPLEXITY"));
    for (FaithfulnessRow tested : maps) {
      Infidelity infidelity = tested.infidelity();
      RelevanceGain gain = tested.gain();
      rows.add(
          List.of(
              tested.image(),
              tested.method(),
              tested.order(),
              effect(tested.deletion()),
              p(tested.deletion()),
              effect(tested.insertion()),
              p(tested.insertion()),
              gain == null ? "-" : Text.of("%+.2f", gain.logit()),
              gain == null ? "-" : p(gain.rolled()),
              infidelity == null ? "-" : Text.number("%.2f", infidelity.relative(), "-"),
              Text.number("%.2f", tested.maxSensitivityRelative(), "-"),
              Text.number("%+.2f", tested.rhoAllLayersRandomised(), "-"),
              p(tested.rhoAllLayersP()),
              Text.number("%+.2f", tested.rhoAllLayersSmooth(), "-"),
              Text.number("%+.2f", tested.entropyRise(), "-")));
    }
    return System.lineSeparator()
        + TextTable.of(rows)
        + "deletion, insertion: area under the curve of the logit, less that of shifted maps"
        + System.lineSeparator()
        + "p: against toroidal shifts of the map; SRG: symmetric relevance gain in logits, above 0"
        + " is better;"
        + System.lineSeparator()
        + "infidelity: relative to an all-zero map, after scaling by the best factor; rho: with the"
        + " map of the network with all layers randomised;"
        + System.lineSeparator()
        + "smooth rho: of means under noise; complexity: relative rise of the map's entropy with"
        + " all layers randomised, above 0 is better"
        + System.lineSeparator();
  }

  private static String effect(FaithfulnessRow.@Nullable Causal curve) {
    return curve == null
        ? "-"
        : curve
            .rolled()
            .map(rolled -> Text.of("%+.2f", curve.aucLogit() - rolled.mean()))
            .orElse("-");
  }

  /** A map of copies that are no longer what the image is says nothing of the image. */
  private static String noisy(SaliencyRow of, double p) {
    String said =
        Text.of(
            "noise %.2g: mean p(target) of noisy copies %.3f",
            of.diagnosed().noise().orElseThrow(), p);
    return p > 0.5 == of.pTarget() > 0.5
        ? said
        : said + ", the other side: they are explained, not the image; give less --noise";
  }

  private static String complete(double share, OptionalDouble steps) {
    String adds = Text.of("adds up but for %.2g %%", 100 * share);
    return steps.isPresent() ? adds + " with " + whole(steps) + " steps" : adds;
  }

  private static String note(SaliencyRow of) {
    List<String> notes = new ArrayList<>();
    if (of.zero()) {
      notes.add("zero everywhere: nothing stands out");
    }
    SaliencyRow.Diagnostics known = of.diagnosed();
    known
        .windows()
        .ifPresent(
            windows ->
                notes.add(
                    "%s windows, %s scored, %s change nothing, %s duplicates"
                        .formatted(
                            whole(windows),
                            whole(known.scored()),
                            whole(known.unchanged()),
                            whole(known.duplicates()))));
    known.noisyPTarget().ifPresent(p -> notes.add(noisy(of, p)));
    of.completenessShare().ifPresent(share -> notes.add(complete(share, known.steps())));
    known.meanStandardError().ifPresent(error -> notes.add(Text.of("standard error %.2g", error)));
    known
        .largestDifference()
        .ifPresent(
            largest ->
                notes.add(
                    Text.of(
                        "%s verified, largest difference %.1e", whole(known.verified()), largest)));
    return String.join("; ", notes);
  }

  private static String whole(OptionalDouble value) {
    return whole(value.orElse(0));
  }

  private static String whole(double value) {
    return Long.toString(Math.round(value));
  }

  private static String p(FaithfulnessRow.@Nullable Causal curve) {
    return curve == null ? "-" : p(curve.rolled());
  }

  private static String p(Optional<RolledNull> rolled) {
    return rolled.map(shifted -> p(OptionalDouble.of(shifted.p()))).orElse("-");
  }

  private static String p(OptionalDouble p) {
    return p.isPresent() && p.getAsDouble() < 0.001 ? "<0.001" : Text.number("%.3f", p, "-");
  }
}

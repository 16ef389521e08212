package org.whisker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.explain.ControlRuns;
import org.whisker.explain.Finding;
import org.whisker.explain.ShortAnswer;
import org.whisker.hypothesis.Exhibit;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.Wording;

/**
 * The layering. Plain tests, not ArchUnit's own fields: one version of Surefire ran none of those
 * and passed.
 */
class ArchitectureTest {
  private static final String ROOT = "org.whisker";

  private static final String GROUND = "random parallel image io option stats table";
  private static final String NETWORKS =
      GROUND + " network weights onnx classifier dataset hub torch training";
  private static final String ANALYSIS = GROUND + " classifier";
  private static final String ALGORITHMS =
      " evolution saliency position boundary ablation hypothesis explain diagnosis";

  /** What all others may use. */
  private static final String EVERYBODY = "value";

  /** What each package may use of the others; the arrows point down. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          row("value", ""),
          row("random", ""),
          row("parallel", ""),
          row("option", ""),
          row("image", "io"),
          row("io", ""),
          row("stats", "random image"),
          row("table", "image io"),
          row("network", "random"),
          row("weights", "random network io"),
          row("onnx", "random option network weights io"),
          row("classifier", "random parallel image option stats network weights io"),
          row("dataset", "random parallel image io"),
          row("hub", "classifier io"),
          row("torch", GROUND + " network weights classifier dataset"),
          row("training", GROUND + " network weights classifier dataset torch"),
          row("evolution", ANALYSIS),
          row("saliency", ANALYSIS + " network"),
          row("position", ANALYSIS + " evolution"),
          row("boundary", ANALYSIS + " evolution"),
          row("ablation", ANALYSIS + " evolution saliency position"),
          row("diagnosis", ANALYSIS + " network position ablation"),
          row("hypothesis", ANALYSIS + " evolution position saliency ablation"),
          row(
              "explain",
              ANALYSIS + " network boundary ablation evolution position saliency hypothesis"),
          // kits: results and their tables, but no classifier, so that drawing never runs a model
          row("chart", "image io table"),
          row("page", "image io table chart evolution ablation"),
          row("job", GROUND + " network classifier dataset torch evolution position"),
          row("command", GROUND + " network classifier torch job chart"),
          // features may use all that lies below them; what they may see of each other is in
          // BETWEEN
          row("feature", NETWORKS + ALGORITHMS + " chart page job command"),
          // src/spark, which only the profile spark compiles
          row("spark", "classifier torch job feature"),
          row("cli", NETWORKS + ALGORITHMS + " chart page job command feature"));

  /** By which classes one feature may use another: {@code user>used} and the classes. */
  private static final Map<String, Set<String>> BETWEEN =
      Map.ofEntries(
          via("ablate", "position", "DosePlot"),
          via(
              "ablate",
              "train",
              "ModelTraining MovedPhotos RetrainingData TrainArguments TrainingOrigin "
                  + "TrainingPhotos TrainingRecipe TrainingTarget"),
          via(
              "explain",
              "ablate",
              "AblateJob ArmDensityMaps ArmRunFiles ArmStrips ClimbPlot "
                  + "EntryPlots ExperimentRuns KeptProbes ModelPace MovePlots PlannedProgress "
                  + "RetrainedNetworks RingPlots StoredAblatedModel Study WorkPlan"),
          via("diagnose", "position", "DosePlot"),
          via("explain", "position", "DosePlot"),
          via("explain", "train", "RetrainingData"),
          via("league", "ablate", "ArmRunFiles KeptProbes RunProgress StoredAblatedModel"),
          via("models", "train", "EvaluationTables TrainArguments"),
          via("play", "explain", "ExplainConfig"),
          via("play", "models", "ScoreJob"),
          via("play", "saliency", "MethodConfig"),
          via("report", "diagnose", "DiagnosisPage"),
          via("report", "evolve", "EvolvePage"),
          via("report", "explain", "ReportPage"),
          via("report", "saliency", "SaliencyPage"),
          via(
              "sweep",
              "ablate",
              "AblateCommand AblateConfig AblateJob AblateStudy ExperimentRuns StoredAblatedModel"),
          via("sweep", "evolve", "EvolveCommand EvolveConfig EvolvePlan OpenSearch"),
          via("sweep", "explain", "ExplainJob ReportPage"));

  private static Map.Entry<String, Set<String>> via(String user, String used, String classes) {
    return Map.entry(user + ">" + used, Set.of(classes.split(" ")));
  }

  private static Map.Entry<String, Set<String>> row(String name, String mayUse) {
    return Map.entry(name, mayUse.isEmpty() ? Set.of() : new TreeSet<>(List.of(mayUse.split(" "))));
  }

  /** Which packages may use a library; no other may. */
  private static final Map<String, Set<String>> USERS =
      Map.ofEntries(
          Map.entry("ai.djl..", Set.of("torch")),
          Map.entry("com.google.protobuf..", Set.of("onnx")),
          Map.entry("org.whisker.onnx.proto..", Set.of("onnx")),
          Map.entry("org.nd4j..", Set.of("position")),
          Map.entry("org.hipparchus..", Set.of("stats")),
          Map.entry("org.apache.commons.csv..", Set.of("io", "dataset")),
          Map.entry("org.knowm.xchart..", Set.of("chart")),
          Map.entry("org.apache.pdfbox..", Set.of("chart")),
          Map.entry("de.rototor.pdfbox..", Set.of("chart")),
          Map.entry("io.pebbletemplates..", Set.of("page")),
          Map.entry("com.sun.net.httpserver..", Set.of("feature.play")),
          Map.entry("org.apache.spark..", Set.of("spark")),
          Map.entry("org.apache.hadoop..", Set.of("spark")),
          Map.entry("scala..", Set.of("spark")),
          Map.entry("me.tongfei..", Set.of("command")));

  private static JavaClasses whisker = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    whisker =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    assertTrue(whisker.contain(ROOT + ".cli.Main"), "the classes of whisker were not read");
  }

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  static Stream<String> libraries() {
    return USERS.keySet().stream().sorted();
  }

  @Test
  void everyClassLiesInAPackageOfTheTable() {
    classes()
        .should()
        .resideInAnyPackage(inside(MAY_USE.keySet()))
        .orShould()
        .resideInAPackage(ROOT)
        .check(whisker);
  }

  /** The entry point for programs lies above everything but the command line; nothing uses it. */
  @Test
  void theRootPackageUsesNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("cli"))
        .check(whisker);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatLiesBelow(String name) {
    List<String> allowed = new ArrayList<>(MAY_USE.getOrDefault(name, Set.of()));
    allowed.addAll(List.of(name, EVERYBODY));
    noClasses()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(inside(allowed)))))
        .allowEmptyShould(true)
        .check(whisker);
  }

  static Stream<String> features() {
    return whisker.stream()
        .map(ArchitectureTest::feature)
        .flatMap(Optional::stream)
        .distinct()
        .sorted();
  }

  /** The name of the feature that a class belongs to. */
  private static Optional<String> feature(JavaClass type) {
    String[] names = type.getPackageName().split("\\.", -1);
    return names.length > 3 && type.getPackageName().startsWith(ROOT + ".feature.")
        ? Optional.of(names[3])
        : Optional.empty();
  }

  /** The simple name of the class whose file it stands in. */
  private static String topLevel(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Features see each other only through the classes that are named for it. */
  @ParameterizedTest
  @MethodSource("features")
  void seesOtherFeaturesThroughNamedClasses(String name) {
    noClasses()
        .that()
        .resideInAPackage(inside("feature." + name))
        .should()
        .dependOnClassesThat(describe("are not named for " + name, type -> isHidden(name, type)))
        .check(whisker);
  }

  private static boolean isHidden(String user, JavaClass type) {
    Optional<String> used = feature(type);
    if (used.isEmpty() || used.get().equals(user)) {
      return false;
    }
    String top = topLevel(type);
    return !BETWEEN.getOrDefault(user + ">" + used.get(), Set.of()).contains(top);
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching(ROOT + ".feature.(*)..").should().beFreeOfCycles().check(whisker);
  }

  /** A feature's command says what it is called and which options it has, and takes none apart. */
  @Test
  void onlyTheLauncherAndItsKitTakeCommandsApart() {
    noClasses()
        .that(not(resideInAnyPackage(inside(List.of("cli", "command")))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(whisker);
  }

  /** What draws sees tables and results, but runs no model. */
  @Test
  void drawingRunsNoModel() {
    noClasses()
        .that(resideInAPackage(ROOT + ".feature..").and(describe("draw", ArchitectureTest::draws)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(inside(List.of("classifier", "torch", "training"))))
        .check(whisker);
  }

  private static boolean draws(JavaClass type) {
    String top = topLevel(type);
    return Stream.of("Chart", "Charts", "Plot", "Section", "Sections", "Page")
        .anyMatch(top::endsWith);
  }

  /** Words, kinds of figures, findings and the short answer, but no experiment and no test. */
  @Test
  void drawingLooksHypothesesUpAndRunsNone() {
    noClasses()
        .that()
        .resideInAnyPackage(inside(List.of("chart", "page")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(inside(List.of("hypothesis", "explain")))
                .and(
                    not(
                        belongToAnyOf(
                            Hypothesis.class,
                            Hypotheses.class,
                            Wording.class,
                            Exhibit.class,
                            Finding.class,
                            ControlRuns.class,
                            ShortAnswer.class))))
        .check(whisker);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(whisker);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void hasItsOwnUsers(String library) {
    noClasses()
        .that()
        .resideOutsideOfPackages(inside(USERS.getOrDefault(library, Set.of())))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(whisker);
  }

  @Test
  void randomNumbersAndTimeAreHandedIn() {
    outsideCli()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, ThreadLocalRandom.class)
        .check(whisker);
    noClasses()
        .that()
        .resideOutsideOfPackages(inside("cli"), inside("command"), ROOT)
        .should()
        .callMethodWhere(describe("is global", ArchitectureTest::isGlobal))
        .check(whisker);
  }

  @Test
  void onlyTheCommandLinePrintsOrExits() {
    outsideCli().should().accessField(System.class, "out").check(whisker);
    outsideCli().should().accessField(System.class, "err").check(whisker);
    outsideCli().should().callMethod(System.class, "exit", int.class).check(whisker);
    outsideCli().should().callMethod(Throwable.class, "printStackTrace").check(whisker);
  }

  /**
   * Files are UTF-8, and standard streams know their own encoding, which on Windows is neither
   * UTF-8 nor the default. Error Prone refuses methods that take the default unasked.
   */
  @Test
  void nobodyEncodesByTheDefault() {
    noClasses().should().callMethod(Charset.class, "defaultCharset").check(whisker);
  }

  /**
   * Image streams stay in memory. What ImageIO makes by default has a file in the folder for
   * temporary files: it fails where that is full, and a killed process leaves it there.
   */
  @Test
  void picturesNeedNoTemporaryFiles() {
    noClasses()
        .should()
        .callMethodWhere(describe("caches on disk", ArchitectureTest::cachesOnDisk))
        .check(whisker);
  }

  private static boolean cachesOnDisk(JavaMethodCall call) {
    if (!call.getTargetOwner().isEquivalentTo(ImageIO.class)) {
      return false;
    }
    List<String> given = HasName.Utils.namesOf(call.getTarget().getRawParameterTypes());
    return switch (call.getName()) {
      case "createImageInputStream", "createImageOutputStream" -> true;
      case "read" -> !given.contains(ImageInputStream.class.getName());
      case "write" -> !given.contains(ImageOutputStream.class.getName());
      default -> false;
    };
  }

  private static GivenClassesConjunction outsideCli() {
    return noClasses().that().resideOutsideOfPackages(inside("cli"), inside("command"));
  }

  /** A source of random numbers or of time that nobody handed in. */
  private static boolean isGlobal(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    int parameters = call.getTarget().getRawParameterTypes().size();
    return switch (method) {
      case "random" ->
          owner.equals(Math.class.getName()) || owner.equals(StrictMath.class.getName());
      case "currentTimeMillis" -> owner.equals(System.class.getName());
      case "shuffle" -> owner.equals(Collections.class.getName()) && parameters == 1;
      case "now" -> owner.startsWith("java.time.") && !takesClock(call);
      case "system", "systemUTC", "systemDefaultZone" -> owner.equals(Clock.class.getName());
      default -> false;
    };
  }

  private static boolean takesClock(JavaMethodCall call) {
    return call.getTarget().getRawParameterTypes().stream()
        .anyMatch(type -> type.isEquivalentTo(Clock.class));
  }

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }

  private static String[] inside(Collection<String> names) {
    return names.stream().map(ArchitectureTest::inside).toArray(String[]::new);
  }

  /**
   * What reads files without {@code io.InputFile}, which refuses pipes and devices that never end:
   * pictures look at the kind of a file themselves, and what the system shows of itself is no file
   * that anybody could have put there.
   */
  private static final Set<String> READERS =
      Set.of("HostInfo", "ImageFiles", "Numerics", "PrecisionChoice");

  private static final Set<String> READING =
      Set.of(
          "readString",
          "readAllBytes",
          "readAllLines",
          "newInputStream",
          "newByteChannel",
          "newBufferedReader",
          "lines");

  @Test
  void filesAreReadWithoutWaiting() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("io"))
        .and(describe("are no readers", type -> !READERS.contains(topLevel(type))))
        .should()
        .callMethodWhere(
            describe(
                "reads any file",
                call ->
                    call.getTargetOwner().isEquivalentTo(Files.class)
                        && READING.contains(call.getName())))
        .check(whisker);
  }

  /**
   * Other writers take whole files, streams of rows and folders from {@code io} and the job kit.
   */
  private static final Set<String> WRITERS =
      Set.of(
          "Presence",
          "ExportCommand",
          "ImageFiles",
          "ModelStore",
          "PlayCommand",
          "TrainingTarget", // a folder whose training is done, out of the way
          "Typeface",
          "SentModels");

  private static final Set<String> WRITING =
      Set.of(
          "write",
          "writeString",
          "newOutputStream",
          "newBufferedWriter",
          "copy",
          "createLink",
          "createSymbolicLink",
          "move");

  @Test
  void filesAreWrittenWhole() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("io"))
        .and(describe("are no writers", type -> !WRITERS.contains(topLevel(type))))
        .should()
        .callMethodWhere(
            describe(
                "writes any file",
                call ->
                    call.getTargetOwner().isEquivalentTo(Files.class)
                        && WRITING.contains(call.getName())))
        .check(whisker);
  }

  /**
   * Who opens files in another way: by a channel, to read a part, to append, to lock or to force
   * what was written, or as {@link ZipFile} does, which reads from the end.
   */
  private static final Set<String> OPENERS =
      Set.of(
          "ExternalData",
          "OnnxFile",
          "ImageFiles",
          "Safetensors",
          "WholeFile",
          "HubDownload",
          "ModuleOperators",
          "ModelExport");

  @Test
  void nobodyOpensFilesByHimself() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("io"))
        .and(describe("are no openers", type -> !OPENERS.contains(topLevel(type))))
        .should()
        .callCodeUnitWhere(describe("opens any file", ArchitectureTest::opens))
        .check(whisker);
  }

  private static boolean opens(JavaAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    boolean channel =
        owner.isAssignableTo(FileChannel.class)
            || owner.isAssignableTo(AsynchronousFileChannel.class);
    return (channel && call.getName().equals("open"))
        || (call instanceof JavaConstructorCall made
            && OPENING.stream().anyMatch(owner::isEquivalentTo)
            && HasName.Utils.namesOf(made.getTarget().getRawParameterTypes()).stream()
                .noneMatch(FileDescriptor.class.getName()::equals));
  }

  private static final List<Class<?>> OPENING =
      List.of(
          FileInputStream.class,
          FileOutputStream.class,
          RandomAccessFile.class,
          FileReader.class,
          FileWriter.class,
          ZipFile.class,
          JarFile.class);

  /**
   * Who begins threads: daemons with a name, whose end or failure somebody awaits. Others take
   * {@code parallel.Crew}.
   */
  private static final Set<String> THREADS =
      Set.of(
          "Crew", // the workers of a job
          "Prefetch", // one piece ahead
          "NativeFolders", // at the end of the process
          "NativeCalls", // so, too
          "HubDownload", // the watchdog of a connection
          "ModuleImport", // a module's code, within a time
          "Placement", // three sums, awaited
          "LatestOnly", // one job of a page
          "PlayServer"); // requests

  @Test
  void fewBeginThreads() {
    noClasses()
        .that()
        .resideOutsideOfPackages(inside("cli"), inside("command"))
        .and(describe("begin no threads", type -> !THREADS.contains(topLevel(type))))
        .should()
        .callCodeUnitWhere(describe("begins a thread", ArchitectureTest::beginsThread))
        .check(whisker);
  }

  private static boolean beginsThread(JavaAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    return (call instanceof JavaConstructorCall
            && (owner.isAssignableTo(Thread.class)
                || owner.isAssignableTo(Timer.class)
                || owner.isAssignableTo(ForkJoinPool.class)
                || owner.isAssignableTo(ThreadPoolExecutor.class)))
        || (owner.isEquivalentTo(Executors.class) && !call.getName().equals("callable"))
        || (owner.isEquivalentTo(CompletableFuture.class) && call.getName().endsWith("Async"));
  }

  /** Folders are locked, cleaned and written in one order, which stands once. */
  @Test
  void foldersAreLockedInSessionsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(inside("io"), inside("job"))
        .should()
        .dependOnClassesThat()
        .haveSimpleName("FolderLock")
        .check(whisker);
  }
}

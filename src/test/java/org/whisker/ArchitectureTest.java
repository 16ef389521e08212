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

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
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
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.Shown;
import org.whisker.hypothesis.Wording;

/**
 * The layering. Plain tests, not ArchUnit's own fields: one version of Surefire ran none of those
 * and passed.
 */
class ArchitectureTest {
  private static final String ROOT = "org.whisker";
  private static final int MOST_FILES = 45;

  private static final String DATA = "random parallel image stats option";
  private static final String NETWORKS = DATA + " io network weights classifier dataset";
  // results are the rows of tables
  private static final String ANALYSIS = DATA + " classifier io table";
  private static final String DECIDED = "planted hypothesis explain selfcheck ";
  private static final String RESULTS = DATA + " evolution saliency position ablation boundary";

  /** What each package may use of the others; the arrows point down. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          row("option", ""),
          row("random", ""),
          row("parallel", ""),
          row("image", ""),
          row("stats", "random image"),
          row("network", "random"),
          row("weights", "random network io"),
          row("onnx", "random network weights io"),
          row("classifier", "random parallel image stats network weights io"),
          row("dataset", "random parallel image io"),
          row("hub", "classifier"),
          row("torch", NETWORKS),
          row("training", NETWORKS + " torch"),
          row("evolution", ANALYSIS),
          row("saliency", ANALYSIS + " network"),
          row("position", ANALYSIS),
          row("boundary", ANALYSIS + " evolution"),
          row("ablation", ANALYSIS + " evolution saliency position"),
          row("planted", ANALYSIS + " evolution position saliency ablation"),
          row("hypothesis", ANALYSIS + " evolution position saliency ablation planted"),
          row("explain", NETWORKS + " torch training table hypothesis " + RESULTS),
          row("selfcheck", ANALYSIS + " evolution ablation planted hypothesis explain"),
          row("io", ""),
          // the engine
          row("table", "image io"),
          // rows that are not yet where they are computed
          row("table.*", RESULTS + " io hypothesis explain selfcheck table"),
          // results and their tables, but no classifier: drawing must never run a model
          row("chart", "image io table table.* evolution saliency position boundary hypothesis"),
          row(
              "page",
              "image io table table.* chart evolution saliency position boundary hypothesis explain"),
          row("study", NETWORKS + " onnx hub torch training io table table.* " + DECIDED + RESULTS),
          row("sweep", NETWORKS + " torch io table table.* study " + RESULTS),
          // src/spark, which only the profile spark compiles
          row("spark", "classifier torch study sweep"),
          // no jobs but their configurations: what is painted is scored in memory
          row("play", NETWORKS + " torch io chart study " + RESULTS),
          row(
              "cli",
              NETWORKS
                  + " onnx hub torch training io table table.* chart page study sweep play "
                  + DECIDED
                  + RESULTS));

  private static Map.Entry<String, Set<String>> row(String name, String mayUse) {
    return Map.entry(name, mayUse.isEmpty() ? Set.of() : new TreeSet<>(List.of(mayUse.split(" "))));
  }

  /** Which packages may use a library; no other may. */
  private static final Map<String, Set<String>> USERS =
      Map.ofEntries(
          Map.entry("ai.djl..", Set.of("torch")),
          Map.entry("com.google.protobuf..", Set.of("onnx")),
          Map.entry("onnx..", Set.of("onnx")),
          Map.entry("org.nd4j..", Set.of("position")),
          Map.entry("org.hipparchus..", Set.of("stats")),
          Map.entry("org.apache.commons.csv..", Set.of("io", "dataset")),
          Map.entry("org.knowm.xchart..", Set.of("chart")),
          Map.entry("org.apache.pdfbox..", Set.of("chart")),
          Map.entry("de.rototor.pdfbox..", Set.of("chart")),
          Map.entry("io.pebbletemplates..", Set.of("page")),
          Map.entry("com.sun.net.httpserver..", Set.of("play")),
          Map.entry("org.apache.spark..", Set.of("spark")),
          Map.entry("org.apache.hadoop..", Set.of("spark")),
          Map.entry("scala..", Set.of("spark")),
          Map.entry("picocli..", Set.of("cli")),
          Map.entry("me.tongfei..", Set.of("cli")));

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
    allowed.add(name);
    noClasses()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(inside(allowed)))))
        .allowEmptyShould(true)
        .check(whisker);
  }

  /** A folder that holds more is no longer a map of what is in it. */
  @Test
  void noFolderIsTooFull() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          long count = files.filter(Files::isRegularFile).count();
          assertTrue(count <= MOST_FILES, folder + " has " + count + " files");
        }
      }
    }
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
                            Shown.class,
                            Finding.class,
                            ControlRuns.class,
                            ShortAnswer.class))))
        .check(whisker);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(whisker);
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
        .resideOutsideOfPackages(inside("cli"), ROOT)
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
    return noClasses().that().resideOutsideOfPackage(inside("cli"));
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
    return ROOT + "." + name + (name.equals("table") ? "" : "..");
  }

  /** The first name below the root; the packages in {@code table} are apart from their engine. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String[] names = type.getPackageName().split("\\.");
          if (names.length < 3 || !type.getPackageName().startsWith(ROOT + ".")) {
            return SliceIdentifier.ignore();
          }
          boolean rows = names[2].equals("table") && names.length > 3;
          return SliceIdentifier.of(rows ? "table.*" : names[2]);
        }

        @Override
        public String getDescription() {
          return "the packages of " + ROOT;
        }
      };

  private static String[] inside(Collection<String> names) {
    return names.stream().map(ArchitectureTest::inside).toArray(String[]::new);
  }
}

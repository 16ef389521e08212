package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.whisker.chart.kit.Typeface;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.Errors;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.TextTable;
import org.whisker.feature.models.ModelDescription.FactRow;
import org.whisker.job.Provenance;
import org.whisker.job.ScoringConfig;
import org.whisker.option.Option;
import org.whisker.torch.EngineReport;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.torch.precision.InstructionSets;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;
import org.whisker.value.Text;

/** {@code whisker doctor}: whether all is well here. */
@Command(
    name = "doctor",
    description = {
      "Reports what whisker runs on: engine, native libraries, devices, memory, the precision of"
          + " searches, the models it finds; and what to do if a GPU is present but not used.",
      "Exit code 1 when something is broken."
    },
    footer = {
      "",
      "WHISKER_GPU=1 builds whisker without the CPU's libtorch, so that DJL downloads one for GPUs",
      "(2.5 GB). It is checked against the hash in WHISKER_LIBTORCH_SHA256, if that is set.",
      "",
      "Examples:",
      "  whisker doctor",
      "  whisker doctor --no-measure"
    })
@HelpOrder("--quiet --verbose --json --device --precision --padding --no-measure")
public final class DoctorCommand extends RecordCommand<DoctorCommand.Asked> {
  /** What is looked at. */
  record Asked(
      ScoringConfig scoring,
      @Option(
              names = "--no-measure",
              help =
                  "Don't score pictures to see whether float32 and bfloat16 rank them alike, which"
                      + " takes a few seconds.")
          boolean noMeasure) {}

  private static final int POPULATION = 100;

  private final HostInfo machine;

  private final List<FactRow> rows = new ArrayList<>();
  private final List<String> advice = new ArrayList<>();
  private boolean broken;

  public DoctorCommand(Environment environment) {
    this(environment, new HostInfo(Path.of("/")));
  }

  DoctorCommand(Environment environment, HostInfo machine) {
    super(environment, Asked.class, Extra.JSON);
    this.machine = machine;
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    asked.scoring().devices();
    system();
    boolean engine = engine();
    List<StoredModel> models = models();
    if (engine) {
      precision(asked, models);
    }
    if (json()) {
      new JsonOption.Document()
          .table("facts", FactRow.TABLE, rows)
          .table("advice", FactRow.TABLE, advice.stream().map(a -> new FactRow("do", a)).toList())
          .print(environment().out());
    } else {
      environment()
          .out()
          .print(TextTable.of(rows.stream().map(r -> List.of(r.item(), r.value())).toList()));
      advice.forEach(line -> environment().out().println("\n" + line));
    }
    return broken ? ExitCode.FAILURE : ExitCode.OK;
  }

  private void add(String key, String value) {
    rows.add(new FactRow(key, value));
  }

  private void system() {
    add("whisker", Provenance.whiskerVersion() + ", home " + environment().home().folder());
    add("java", System.getProperty("java.version", "unknown"));
    add("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.processor().ifPresent(text -> add("processor", text));
    Runtime runtime = Runtime.getRuntime();
    add("cores", Integer.toString(runtime.availableProcessors()));
    machine.memory().ifPresent(text -> add("memory", text));
    add(
        "java heap",
        Text.of(
            "%.1f GiB at most (WHISKER_JAVA_OPTS=-Xmx6g for more)", runtime.maxMemory() / 0x1p30));
    Typeface.problem()
        .ifPresent(
            line -> {
              add("charts", "BROKEN");
              advice.add(line);
              broken = true;
            });
  }

  private boolean engine() {
    List<String> shown = machine.gpus();
    GpuAdvice gpu = new GpuAdvice(machine, System.getenv());
    add("GPUs shown", shown.isEmpty() ? "none" : String.join(", ", shown));
    machine.driver().ifPresent(version -> add("GPU driver", Integer.toString(version)));
    try {
      EngineReport report = EngineReport.of();
      add("engine", report.engine());
      add("natives", report.natives() + ", " + report.library());
      add("kernels", InstructionSets.here().label());
      add("devices", report.gpus().isEmpty() ? "cpu" : "cpu, " + String.join(", ", report.gpus()));
      gpu.loaded(report).ifPresent(advice::add);
      return true;
    } catch (ModuleException e) {
      add("engine", "BROKEN");
      advice.add(gpu.broken(Errors.of(e).line()));
      broken = true;
      return false;
    }
  }

  private List<StoredModel> models() throws IOException {
    ModelStore store = new ModelStore(environment().home().models());
    List<StoredModel> whole = new ArrayList<>();
    List<String> names = store.list();
    if (names.isEmpty()) {
      add("models", "none under " + environment().home().models());
    }
    for (String name : names) {
      try {
        StoredModel model = store.open(name);
        whole.add(model);
        add("model", describe(model.card()));
      } catch (IOException e) {
        broken = true;
        add("model", name + ": BROKEN");
        advice.add(Errors.of(e).line());
      }
    }
    return whole;
  }

  private static String describe(ModelCard card) {
    ModelCard.Input in = card.input();
    return Text.of(
        "%s: %s, %dx%dx%d", card.name(), card.kind(), in.channels(), in.height(), in.width());
  }

  /**
   * Reports the precision of the first model whose layers are known; scores nothing where pictures
   * are not to be scored.
   */
  private void precision(Asked asked, List<StoredModel> models) throws IOException {
    Optional<StoredModel> model =
        models.stream().filter(m -> !asked.noMeasure() && !m.card().isModule()).findFirst();
    if (model.isEmpty()) {
      FastBfloat16 device = FastBfloat16.on(asked.scoring().devices().get(0));
      add("precision", (device.available() ? "bfloat16: " : "float32: ") + device.reason());
      return;
    }
    String name = model.get().card().name();
    if (!common().quiet()) {
      environment().err().println("comparing float32 and bfloat16 by " + name);
    }
    var unused =
        asked
            .scoring()
            .settle(model.get(), POPULATION, note -> add("precision", name + ": " + note));
  }

  /**
   * What to do where a GPU is there and is not used, or libtorch can't be loaded.
   *
   * @param machine what its files show
   * @param variables the variables of the process, by which DJL and the launcher are told
   */
  record GpuAdvice(HostInfo machine, Map<String, String> variables) {
    /** The first driver under which programs of CUDA 12 run. */
    private static final int LEAST_DRIVER = 525;

    private static final String FLAVOUR = "PYTORCH_FLAVOR";
    private static final String LIBRARY = "PYTORCH_LIBRARY_PATH";

    /** The flavours for which DJL brings its own library. */
    private static final List<String> FLAVOURS = List.of("cpu", "cu128");

    /** A line where libtorch was loaded; empty when nothing is to be done. */
    Optional<String> loaded(EngineReport engine) {
      List<String> shown = machine.gpus();
      if (!engine.gpus().isEmpty()) {
        return Optional.empty();
      }
      if (shown.isEmpty()) {
        return machine.hasNvidiaCard() ? Optional.of(noDriver()) : unseen(engine);
      }
      return oldDriver().or(() -> Optional.of(engine.cuda() ? blind(engine) : otherBuild()));
    }

    private static String noDriver() {
      return "an NVIDIA card is in this machine, and no driver for it is loaded (there is no"
          + " /proc/driver/nvidia): install NVIDIA's driver, "
          + LEAST_DRIVER
          + " or newer";
    }

    private static Optional<String> unseen(EngineReport engine) {
      return engine.cuda()
          ? Optional.of(
              "libtorch could use a GPU, and none is there: no /dev/nvidia0 (in a container, start"
                  + " it with its GPUs)")
          : Optional.empty();
    }

    private Optional<String> oldDriver() {
      OptionalInt driver = machine.driver();
      return driver.isPresent() && driver.getAsInt() < LEAST_DRIVER
          ? Optional.of(
              Text.of(
                  "the GPU's driver is version %d, too old for CUDA 12: install %d or newer",
                  driver.getAsInt(), LEAST_DRIVER))
          : Optional.empty();
    }

    private static String otherBuild() {
      return "a GPU is there, and libtorch is the CPU build: start whisker with WHISKER_GPU=1,"
          + " which lets DJL download the build for it; or set PYTORCH_LIBRARY_PATH to the"
          + " lib folder of a PyTorch 2.7.1 with CUDA, PYTORCH_VERSION=2.7.1 and"
          + " PYTORCH_FLAVOR=cu128";
    }

    private static String blind(EngineReport engine) {
      return "libtorch is built for CUDA and sees no GPU: the driver may be older than "
          + engine.natives()
          + " needs, or libcudart is not found (add its folder to LD_LIBRARY_PATH)";
    }

    /** A line where libtorch could not be loaded. */
    String broken(String reason) {
      String flavour = variables.getOrDefault(FLAVOUR, "");
      if (!flavour.isEmpty() && !FLAVOURS.contains(flavour)) {
        return "%s; %s=%s is a build that DJL has no library for: take %s, or leave it unset"
            .formatted(reason, FLAVOUR, flavour, String.join(" or ", FLAVOURS));
      }
      String library = variables.getOrDefault(LIBRARY, "");
      if (!library.isEmpty() && !holdsTorch(Path.of(library))) {
        return "%s; %s names %s, which holds no libtorch: name the lib folder of a PyTorch 2.7.1"
            .formatted(reason, LIBRARY, library);
      }
      if (!variables.getOrDefault("WHISKER_GPU", "").isEmpty()) {
        return reason
            + "; with WHISKER_GPU=1 DJL downloads libtorch once, some 2.5 GB: let it reach"
            + " publish.djl.ai, or set "
            + LIBRARY;
      }
      return reason + "; delete ~/.djl.ai/pytorch, build again and see " + LIBRARY;
    }

    private static boolean holdsTorch(Path folder) {
      return Stream.of("libtorch.so", "libtorch.dylib", "torch.dll")
          .anyMatch(name -> Files.exists(folder.resolve(name)));
    }
  }
}

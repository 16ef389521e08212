package org.whisker.feature.play;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.command.CommonOptions;
import org.whisker.command.DeviceOption;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.ModelNames;
import org.whisker.feature.explain.ExplainConfig;
import org.whisker.feature.models.ScoreJob;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.Pictures;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker play}: a page on which a classifier can be tried. */
@Command(
    name = "play",
    description = {
      "Opens a page on which you paint an image and see p(cat) follow.",
      "The page also loads photos, moves, mirrors and blurs images, maps which pixels count,"
          + " compares two models or paddings, and runs a small evolution. It works offline and is"
          + " served on this machine alone, to whoever has the printed address. Ctrl-C ends it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The address holds a key; another user who gets it can use the page while whisker runs.",
      "From another machine: ssh -L 8080:127.0.0.1:8080 HOST, and there --port 8080 --no-open.",
      "",
      "Examples:",
      "  whisker play",
      "  whisker play vgg16-mini inception-resnet-v2-mini",
      "  whisker play vgg16-mini --image runs/1/best.png",
      "  whisker play my-model --port 8080 --no-open"
    })
public final class PlayCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;
  private static final int MILLIS = 200;

  private final Environment environment;
  private final BrowserOpener browser;
  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..*",
      completionCandidates = ModelNames.class,
      paramLabel = "MODEL",
      description =
          "Models to choose from: names of folders in models/, or paths. The first is shown first."
              + " Default: all in models/.")
  private List<String> names = List.of();

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "The image to begin with. Default: the white canvas.")
  private @Nullable Path image;

  @Option(
      names = "--state",
      paramLabel = "CODE",
      description = "A state that the page has copied as a command.")
  private @Nullable String state;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port to listen at. Default: a free one.")
  private int port;

  @Option(names = "--no-open", description = "Print the address; open no browser.")
  private boolean noOpen;

  @Mixin private final DeviceOption device = new DeviceOption();

  public PlayCommand(Environment environment) {
    this(environment, BrowserOpener.ofSystem(environment.home().cache()));
  }

  PlayCommand(Environment environment, BrowserOpener browser) {
    this.environment = environment;
    this.browser = browser;
  }

  @Override
  public Integer call() throws IOException {
    InvalidRequestException.refuse(
        port < 0 || port > LAST_PORT,
        "--port must be 1 to 65535, or 0 for a free one, was " + port);
    InvalidRequestException.refuse(
        image != null && state != null, "--image and --state exclude each other; give one");
    TorchClassifier.Settings run = device.float32().settings(ScoreJob.BATCH);
    ModelStore store = new ModelStore(environment.home().models());
    StoredPlayModels models = new StoredPlayModels(store, names(store), run);
    PlayState first = first(models);
    models.open(first.model()).close();
    try (PlayServer server =
        PlayServer.start(models, first, Token.random(new SecureRandom()), port)) {
      BooleanSupplier stopped = environment.interrupts().listen();
      tell(server);
      await(stopped);
    }
    return ExitCode.OK;
  }

  /** The small ones first, which answer at once. */
  private List<String> names(ModelStore store) throws IOException {
    if (!names.isEmpty()) {
      return names;
    }
    List<String> all = new ArrayList<>(store.list());
    List<String> small = ExplainConfig.SMALL.stream().filter(all::contains).toList();
    all.removeAll(small);
    all.addAll(0, small);
    InvalidRequestException.refuse(
        all.isEmpty(), "there is no model in " + environment.home().models() + "; import one");
    return all;
  }

  private PlayState first(StoredPlayModels models) throws IOException {
    if (state != null) {
      PlayState read = StateCode.read(state);
      models.offer(read.model().model());
      read.beside().ifPresent(other -> models.offer(other.model()));
      return read;
    }
    ModelOffer offer = models.offers().get(0);
    GrayImage picture =
        image == null
            ? GrayImage.filled(offer.canvas(), 1)
            : GrayImage.of(Pictures.fitted(ImageFiles.readGray(image), offer.canvas()));
    Optional<ModelChoice> beside =
        names.size() > 1
            ? Optional.of(ModelChoice.of(models.offers().get(1).name()))
            : Optional.empty();
    return new PlayState(picture, Tones.standard(), ModelChoice.of(offer.name()), beside);
  }

  private void tell(PlayServer server) {
    boolean opened = !noOpen && browser.open(server.link());
    environment.out().println(server.link());
    environment.out().flush();
    if (!common.quiet()) {
      environment
          .err()
          .println(
              opened
                  ? "whisker: the page is open in your browser; Ctrl-C ends it"
                  : "whisker: open this address in a browser of this machine; Ctrl-C ends it");
    }
  }

  private static void await(BooleanSupplier stopped) {
    try {
      while (!stopped.getAsBoolean()) {
        Thread.sleep(MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.whisker.feature.play;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.explain.ExplainConfig;
import org.whisker.feature.models.ScoreJob;
import org.whisker.feature.play.Guard.Token;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.PlayModels.ModelOffer;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tones;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.SharedOptions;
import org.whisker.job.Workers;
import org.whisker.job.input.PictureSize;
import org.whisker.network.Window.Padding;
import org.whisker.option.Option;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** {@code whisker play}: a page on which a classifier can be tried. */
@Command(
    name = "play",
    description = {
      "Opens a page on which you paint an image and see p(target) follow.",
      "The page also loads photos, moves, mirrors and blurs images, maps which pixels count,"
          + " compares two models or paddings, and runs a small evolution. It works offline and is"
          + " served on this machine alone, to whoever has the printed address. Ctrl-C ends it."
    },
    footer = {
      "",
      "The address holds a key; another user who gets it can use the page while whisker runs.",
      "From another machine: ssh -L 8080:127.0.0.1:8080 HOST, and there --port 8080 --no-open.",
      "Behind a proxy such as JupyterHub's, --port, --base-path and --origin say what it serves.",
      "",
      "Examples:",
      "  whisker play",
      "  whisker play vgg16-mini inception-resnet-v2-mini",
      "  whisker play vgg16-mini --image runs/1/best.png",
      "  whisker play my-model --port 8080 --no-open",
      "  whisker play --port 8080 --base-path /user/me/proxy/8080/ --origin https://hub.example.org"
    })
@HelpOrder(
    "--quiet --verbose --image --state --port --no-open --base-path --origin --embed --device")
public final class PlayCommand extends RecordCommand<PlayCommand.Asked> {
  /** What the page begins with. */
  record Asked(
      @Option(
              candidates = Option.MODELS,
              label = "MODEL",
              help =
                  "Models to choose from: names of folders in models/, or paths. The first is shown"
                      + " first. Default: all in models/.")
          List<String> names,
      @Option(
              names = "--image",
              label = "FILE",
              help = "The image to begin with. Default: the white canvas.")
          Optional<Path> image,
      @Option(
              names = "--state",
              label = "CODE",
              help = "A state that the page has copied as a command.")
          Optional<String> state,
      @Option(
              names = "--port",
              label = "N",
              defaultValue = "0",
              help = "The port to listen at. Default: a free one.")
          int port,
      @Option(names = "--no-open", help = "Print the address; open no browser.") boolean noOpen,
      @Option(
              names = "--base-path",
              label = "PATH",
              help =
                  "The path below which a proxy serves the page, such as /user/me/proxy/8080/."
                      + " Default: /.")
          Optional<String> basePath,
      @Option(
              names = "--origin",
              label = "ORIGIN",
              help =
                  "Where a proxy serves the page, such as https://hub.example.org. Requests"
                      + " for this address are answered, too; a proxy's headers are never"
                      + " trusted.")
          Optional<String> origin,
      @Option(
              names = "--embed",
              label = "ORIGIN",
              help =
                  "A notebook's address, such as http://localhost:8888 or http://localhost:*,"
                      + " whose pages may show this page in a frame; repeatable. Default:"
                      + " none.")
          List<String> embed,
      @SharedOptions.Device String device) {}

  private static final int LAST_PORT = 65_535;
  private static final int MILLIS = 200;

  private final BrowserOpener browser;

  public PlayCommand(Environment environment) {
    this(environment, BrowserOpener.ofSystem(environment.home().cache()));
  }

  PlayCommand(Environment environment, BrowserOpener browser) {
    super(environment, Asked.class);
    this.browser = browser;
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    InvalidRequestException.refuse(
        asked.port() < 0 || asked.port() > LAST_PORT,
        "--port must be 1 to 65535, or 0 for a free one, was " + asked.port());
    InvalidRequestException.refuse(
        asked.image().isPresent() && asked.state().isPresent(),
        "--image and --state exclude each other; give one");
    Reach reach = Reach.of(asked.basePath(), asked.origin(), asked.embed());
    TorchClassifier.Settings run =
        new DeviceConfig(asked.device(), Precision.FLOAT32).settings(ScoreJob.BATCH);
    ModelStore store = new ModelStore(environment().home().models());
    StoredPlayModels models = new StoredPlayModels(store, names(asked, store), run);
    PlayState first = first(asked, models);
    models.open(first.model()).close();
    try (PlayServer server =
        PlayServer.start(models, first, Token.random(new SecureRandom()), asked.port(), reach)) {
      BooleanSupplier stopped = environment().interrupts().listen();
      tell(asked, server);
      await(stopped);
    }
    return ExitCode.OK;
  }

  /** The small ones first, which answer at once. */
  private List<String> names(Asked asked, ModelStore store) throws IOException {
    if (!asked.names().isEmpty()) {
      return asked.names();
    }
    List<String> all = new ArrayList<>(store.list());
    List<String> small = ExplainConfig.SMALL.stream().filter(all::contains).toList();
    all.removeAll(small);
    all.addAll(0, small);
    InvalidRequestException.refuse(
        all.isEmpty(), "there is no model in " + environment().home().models() + "; import one");
    return all;
  }

  private static PlayState first(Asked asked, StoredPlayModels models) throws IOException {
    if (asked.state().isPresent()) {
      PlayState read = StateCode.read(asked.state().get());
      models.offer(read.model().model());
      read.beside().ifPresent(other -> models.offer(other.model()));
      return read;
    }
    ModelOffer offer = models.offers().get(0);
    PlanarImage picture =
        asked.image().isEmpty()
            ? GrayImage.filled(offer.canvas(), 1)
            : PlanarImage.from(
                PictureSize.fitted(
                    ImageFiles.read(asked.image().get(), offer.planes()), offer.canvas()));
    Optional<ModelChoice> beside =
        asked.names().size() > 1
            ? Optional.of(ModelChoice.of(models.offers().get(1).name()))
            : Optional.empty();
    return new PlayState(picture, Tones.standard(), ModelChoice.of(offer.name()), beside);
  }

  private void tell(Asked asked, PlayServer server) {
    boolean opened = !asked.noOpen() && browser.open(server.link());
    environment().out().println(server.link());
    environment().out().flush();
    if (!common().quiet()) {
      environment()
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

  /** Models on disk, of which only those can be opened that were named at the start. */
  static final class StoredPlayModels implements PlayModels {
    private final ModelStore store;
    private final TorchClassifier.Settings run;
    private final Map<String, ModelOffer> offers = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    /**
     * Offers these models.
     *
     * @param names names or paths of models; a path is offered by the name on its card
     * @throws InvalidRequestException when a name can't be that of a model
     * @throws IOException when there is no such model
     */
    public StoredPlayModels(ModelStore store, List<String> names, TorchClassifier.Settings run)
        throws IOException {
      this.store = store;
      this.run = run;
      for (String name : names) {
        ModelCard card = card(store, name);
        Canvas canvas = card.input().canvas();
        Optional<Padding> padding = Optional.ofNullable(card.padding());
        offers.put(
            card.name(),
            new ModelOffer(card.name(), canvas, card.planes(), card.output().target(), padding));
        places.put(card.name(), name);
      }
    }

    private static ModelCard card(ModelStore store, String name) throws IOException {
      try {
        return store.card(name);
      } catch (IllegalArgumentException e) {
        throw new InvalidRequestException("model " + name + ": " + e.getMessage());
      }
    }

    @Override
    public List<ModelOffer> offers() {
      return new ArrayList<>(offers.values());
    }

    @Override
    public Workers workers(ModelChoice choice) throws IOException {
      return Workers.of(List.of(stored(offer(choice.model()))), run.device());
    }

    private StoredModel stored(ModelOffer offer) throws IOException {
      return Models.open(store, places.getOrDefault(offer.name(), offer.name()));
    }

    @Override
    public DifferentiableClassifier open(ModelChoice choice) throws IOException {
      ModelOffer offer = offer(choice.model());
      StoredModel model = stored(offer);
      if (choice.padding().equals(offer.padding()) || choice.padding().isEmpty()) {
        return Classifiers.openAny(model, run);
      }
      InvalidRequestException.refuse(
          offer.padding().isEmpty(),
          "the layers of " + offer.name() + " are unknown, so its padding can't be changed");
      Padding padding = choice.padding().orElseThrow();
      return Classifiers.openAny(
          InvalidRequestException.check(() -> model.withPadding(padding)), run);
    }
  }

  /**
   * Opens a page in the user's browser. Every user of a machine can read the arguments of its
   * programs, and the page's address holds its key: so the browser is handed a file that this user
   * alone can read, which leads on to the address.
   *
   * @param environment variables of the process
   * @param folder where the file is made
   * @param system the name of the operating system
   */
  record BrowserOpener(Map<String, String> environment, Path folder, String system) {
    private static final List<String> PROGRAMS = List.of("xdg-open", "wslview", "open");

    static BrowserOpener ofSystem(Path folder) {
      return new BrowserOpener(System.getenv(), folder, System.getProperty("os.name", ""));
    }

    /** Whether a browser was started; without a screen there is none. */
    boolean open(String link) {
      List<String> words = words();
      if (words.isEmpty()) {
        return false;
      }
      try {
        Path page = page(link);
        List<String> line = new ArrayList<>(words);
        line.add(page.toString());
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException | UnsupportedOperationException e) {
        return false; // the address is printed
      }
    }

    /** What opens a page, without the page; empty where nothing can. */
    List<String> words() {
      if (system.startsWith("Windows")) {
        return List.of("rundll32", "url.dll,FileProtocolHandler");
      }
      return program().map(found -> List.of(found.toString())).orElse(List.of());
    }

    private Optional<Path> program() {
      boolean screen =
          system.startsWith("Mac")
              || environment.containsKey("DISPLAY")
              || environment.containsKey("WAYLAND_DISPLAY")
              || environment.containsKey("WSL_DISTRO_NAME");
      if (!screen) {
        return Optional.empty();
      }
      for (String name : PROGRAMS) {
        for (String in : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
          Path program = Path.of(in, name);
          if (!in.isEmpty() && Files.isExecutable(program)) {
            return Optional.of(program);
          }
        }
      }
      return Optional.empty();
    }

    private Path page(String link) throws IOException {
      Files.createDirectories(folder);
      // a temporary file is its owner's alone: where there are permissions by them, on Windows by
      // its
      // folder
      Path page = Files.createTempFile(folder, "play", ".html");
      page.toFile().deleteOnExit();
      String html =
          ("<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\""
                  + " content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0;url=%s\"><a"
                  + " href=\"%s\">whisker play</a>%n")
              .formatted(link, link);
      return Files.writeString(page, html, StandardCharsets.UTF_8);
    }
  }
}

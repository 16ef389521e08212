package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.Sha256;
import org.whisker.command.Command;
import org.whisker.command.CommonOptions;
import org.whisker.command.ConsoleProgress;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.hub.HubDownload;
import org.whisker.hub.HubDownload.HubFile;
import org.whisker.io.AtomicFiles;
import org.whisker.io.InputFile;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.option.Option;
import org.whisker.value.Text;

/** {@code whisker models fetch}: ImageNet weights from the Hugging Face hub. */
@Command(
    name = "fetch",
    description = {
      "Downloads timm's ImageNet weights of vgg16 (vgg16.tv_in1k, 553 MB), inception-resnet-v2"
          + " (inception_resnet_v2.tf_in1k, 224 MB) or mobilenet-v2 (mobilenetv2_100.ra_in1k, 14"
          + " MB) from the Hugging Face hub and imports them."
    },
    footer = {
      "",
      "After a lost connection or Ctrl-C, the same command resumes the download. The",
      "file is checked against the hub's SHA-256, or one of yours (--sha256). HF_ENDPOINT",
      "names a mirror (https, except for this machine itself), and HTTPS_PROXY, HTTP_PROXY"
          + " and NO_PROXY a proxy; authenticated proxies are",
      "unsupported.",
      "",
      "Examples:",
      "  whisker models fetch vgg16",
      "  whisker models fetch inception-resnet-v2 --name inception-imagenet",
      "  HF_ENDPOINT=https://mirror.example whisker models fetch vgg16"
    })
@HelpOrder("--name --sha256 --max-mb * --device --quiet --verbose")
final class FetchCommand extends RecordCommand<FetchCommand.Asked> {
  record Asked(
      @Option(label = "ARCH", help = "vgg16, inception-resnet-v2 or mobilenet-v2.") String arch,
      @Option(
              names = "--name",
              label = "NAME",
              help = "Name of the new model. Default: ARCH-imagenet.")
          Optional<String> name,
      @Option(
              names = "--sha256",
              label = "HEX",
              help = "SHA-256 that the file must have. Default: the one that the hub states.")
          Optional<String> sha256,
      @Option(
              names = "--max-mb",
              label = "N",
              min = 1,
              max = 1_000_000,
              defaultValue = "700",
              help = "Size limit of a download in MB, whatever size the hub states.")
          int maxMb,
      ImportOptions options) {}

  private final UnaryOperator<@Nullable String> variables;

  FetchCommand(Environment environment) {
    this(environment, System::getenv);
  }

  FetchCommand(Environment environment, UnaryOperator<@Nullable String> variables) {
    super(environment, Asked.class, Extra.JSON);
    this.variables = variables;
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    PublishedModel published =
        InvalidRequestException.check(() -> PublishedModel.parse(asked.arch()));
    HubFile file = FetchJob.file(published);
    String as = asked.name().orElse(asked.arch() + "-imagenet");
    ImportRequest request = asked.options().request(Path.of(""), as, Optional.of(published));
    Optional<ImportResult> imported;
    try (FetchProgress progress = new FetchProgress(environment(), common(), file)) {
      imported = fetch(asked, request).run(variables, progress);
    }
    if (imported.isEmpty()) {
      environment().err().println("whisker: stopped; the same command goes on");
      return ExitCode.OK;
    }
    ImportResult.printImportText(imported.get(), json(), environment().out());
    return ExitCode.OK;
  }

  private FetchJob fetch(Asked asked, ImportRequest request) {
    Optional<String> pinned = asked.sha256().map(hex -> hex.toLowerCase(Locale.ROOT));
    return new FetchJob(request, pinned, asked.maxMb() * FetchProgress.MB, context());
  }

  /** Shows how far a download is, in megabytes. */
  private static final class FetchProgress implements HubDownload.Listener, AutoCloseable {
    private static final long MB = 1_000_000;

    private final Environment environment;
    private final CommonOptions common;
    private final HubFile file;
    private @Nullable Progress progress;

    FetchProgress(Environment environment, CommonOptions common, HubFile file) {
      this.environment = environment;
      this.common = common;
      this.file = file;
    }

    @Override
    public void located(String host, long bytes, long kept) {
      if (progress == null) {
        if (!common.quiet()) {
          environment
              .err()
              .println(
                  Text.of(
                      "%s, %.1f MB, from %s%s",
                      file,
                      (double) bytes / MB,
                      host,
                      kept > 0 ? Text.of("; %.1f MB are here", (double) kept / MB) : ""));
        }
        progress = ConsoleProgress.start(environment, common, "MB", (bytes + MB - 1) / MB);
      }
      received(kept);
    }

    @Override
    public void received(long bytes) {
      if (progress != null) {
        progress.stepTo((bytes + MB - 1) / MB);
      }
    }

    @Override
    public void close() {
      if (progress != null) {
        progress.close();
      }
    }
  }

  /**
   * Downloads timm's ImageNet weights of a published network from the Hugging Face hub and imports
   * them. A download that was stopped goes on where it was.
   */
  private static final class FetchJob {
    private static final Map<PublishedModel, HubFile> FILES =
        Map.of(
            PublishedModel.VGG16,
            new HubFile("timm/vgg16.tv_in1k", "main", "model.safetensors"),
            PublishedModel.INCEPTION_RESNET_V2,
            new HubFile("timm/inception_resnet_v2.tf_in1k", "main", "model.safetensors"),
            PublishedModel.MOBILENET_V2,
            new HubFile("timm/mobilenetv2_100.ra_in1k", "main", "model.safetensors"));

    private final ImportRequest request;
    private final Optional<String> pinned;
    private final long mostBytes;
    private final JobContext context;

    /**
     * Creates a job that fetches a published network's weights.
     *
     * @param request the request of a published architecture; its file is the one that is
     *     downloaded
     * @param pinned SHA-256 that the file must have; empty: what the hub says it has
     * @param mostBytes of the file
     * @throws InvalidRequestException when the hash is no SHA-256
     */
    FetchJob(ImportRequest request, Optional<String> pinned, long mostBytes, JobContext context) {
      InvalidRequestException.refuse(
          pinned.isPresent() && !Sha256.isHash(pinned.get()),
          "--sha256 is 64 hexadecimal digits, was '" + pinned.orElse("") + "'");
      this.request = request;
      this.pinned = pinned;
      this.mostBytes = mostBytes;
      this.context = context;
    }

    /** The file on the hub that holds a network's weights. */
    static HubFile file(PublishedModel published) {
      HubFile file = FILES.get(published);
      if (file == null) {
        throw new InvalidRequestException(
            "no weights of " + published.label() + " are known to be on the hub");
      }
      return file;
    }

    /**
     * Downloads and imports.
     *
     * @param variables environment variables by name: the hub's mirror and proxies
     * @param progress is told how far the download is
     * @return what was imported; empty when the download was stopped
     */
    Optional<ImportResult> run(
        UnaryOperator<@Nullable String> variables, HubDownload.Listener progress)
        throws IOException {
      PublishedModel published = request.architecture().orElseThrow();
      HubFile file = file(published);
      ModelStore store = new ModelStore(context.home().models());
      // beside the models, so that it is on their disk; hidden, so that it is none
      Path folder = context.home().models().resolve(".fetched");
      Path target = folder.resolve(published.label() + ".safetensors");
      if (Files.exists(nameOf(target))
          && InvalidRequestException.check(() -> store.contains(request.name()))) {
        FolderSession.tidy(folder, () -> removeImported(target));
      }
      ImportJob.requireFree(context, request.name());
      return FolderSession.hold(folder, () -> fetched(file, target, variables, progress));
    }

    private Optional<ImportResult> fetched(
        HubFile file,
        Path target,
        UnaryOperator<@Nullable String> variables,
        HubDownload.Listener progress)
        throws IOException {
      if (pinned.isPresent() && Files.exists(target) && !Sha256.of(target).equals(pinned.get())) {
        Files.delete(target); // of a fetch that pinned nothing, or another file
      }
      if (!Files.exists(target) && !download(file, target, variables, progress)) {
        return Optional.empty();
      }
      AtomicFiles.write(nameOf(target), request.name());
      ImportResult result = imported(target);
      removeImported(target);
      return Optional.of(result);
    }

    /** The file that says of which model a downloaded file is being made. */
    private static Path nameOf(Path target) {
      return target.resolveSibling(
          String.valueOf(target.getFileName()).replace(".safetensors", ".name"));
    }

    /** Removes the file of which the model was made. */
    private void removeImported(Path target) throws IOException {
      if (InputFile.text(nameOf(target)).equals(request.name())) {
        Files.deleteIfExists(target);
        Files.delete(nameOf(target));
      }
    }

    /** Deletes a file that can't be used, or each later fetch would find it. */
    private ImportResult imported(Path file) throws IOException {
      try {
        return new ImportJob(request.from(file), context).run();
      } catch (InvalidRequestException e) {
        throw e; // the file is as good as another
      } catch (IOException | RuntimeException e) {
        if (!(e instanceof IOException io && AtomicFiles.isNotWritten(io))) {
          removeImported(file);
        }
        throw e;
      }
    }

    private boolean download(
        HubFile file,
        Path target,
        UnaryOperator<@Nullable String> variables,
        HubDownload.Listener progress)
        throws IOException {
      BooleanSupplier stopped = context.stop().listen();
      return InvalidRequestException.check(
              () -> new HubDownload(mostBytes, variables, progress, stopped))
          .fetch(file, target, pinned);
    }
  }
}

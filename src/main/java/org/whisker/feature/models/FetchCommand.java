package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.PublishedModel;
import org.whisker.command.CommonOptions;
import org.whisker.command.ConsoleProgress;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.feature.models.ImportResult.ImportText;
import org.whisker.hub.HubClient.HubFile;
import org.whisker.hub.HubClient.LocatedFile;
import org.whisker.hub.HubDownload;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobListener.Progress;
import org.whisker.option.Option;
import picocli.CommandLine.Command;

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
      "names a mirror (https, but for this machine itself), and HTTPS_PROXY, HTTP_PROXY and NO_PROXY a proxy; authenticated proxies are",
      "unsupported.",
      "",
      "Examples:",
      "  whisker models fetch vgg16",
      "  whisker models fetch inception-resnet-v2 --name inception-imagenet",
      "  HF_ENDPOINT=https://mirror.example whisker models fetch vgg16"
    })
final class FetchCommand extends RecordCommand<FetchCommand.Asked> {
  /** What is fetched. */
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
              help = "SHA-256 that the file must have. Default: what the hub says it has.")
          Optional<String> sha256,
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
  protected List<String> helpOrder() {
    return List.of("--name", "--sha256", REST, "--device", "--quiet", "--verbose");
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
    ImportText.print(imported.get(), json(), environment().out());
    return ExitCode.OK;
  }

  private FetchJob fetch(Asked asked, ImportRequest request) {
    Optional<String> pinned = asked.sha256().map(hex -> hex.toLowerCase(Locale.ROOT));
    return new FetchJob(request, pinned, context());
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
    public void located(LocatedFile located, long kept) {
      if (progress == null) {
        if (!common.quiet()) {
          environment
              .err()
              .println(
                  String.format(
                      Locale.ROOT,
                      "%s, %.1f MB, from %s%s",
                      file,
                      (double) located.bytes() / MB,
                      located.uri().getHost(),
                      kept > 0
                          ? String.format(Locale.ROOT, "; %.1f MB are here", (double) kept / MB)
                          : ""));
        }
        progress =
            ConsoleProgress.start(environment, common, "MB", (located.bytes() + MB - 1) / MB);
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
    public void note(String line) {
      if (!common.quiet()) {
        environment.err().println("whisker: " + line);
      }
    }

    @Override
    public void close() {
      if (progress != null) {
        progress.close();
      }
    }
  }
}

package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.ModuleOperators;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.Sha256;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.torch.ModuleCheck;

/** Makes a model of a TorchScript module. */
record ModuleImport(ImportRequest request, JobContext context) {
  ImportResult run(ModelStore store) throws IOException {
    if (Files.exists(request.file())) {
      ModuleCheck.archive(request.file()); // a state dict can't be mended by options
    }
    ModelCard.Input input =
        request.input().orElseThrow(() -> missing("--input", "such as --input 3x224x224"));
    Preprocessing preprocessing = request.preprocessing(Preprocessing.identity(), input.channels());
    Output.Form form =
        request.output().orElseThrow(() -> missing("--output", "sigmoid, logit or logits"));
    List<Integer> cat = request.cat(List.of(), form != Output.Form.LOGITS);
    Raster photo = ImportRequest.testPicture(request.photo(), input);
    if (!request.limits().trusted()) {
      ModuleOperators.check(request.file());
    }
    Tried tried = limit().call(() -> tried(input, preprocessing, form, cat, photo));
    ClassNames names = request.names("", tried.card().output().size());
    if (request.limits().trusted()) {
      store.trust(Sha256.of(request.file())); // before there is a model that needs it
    }
    ModelCard saved = store.create(tried.card(), request.file(), names);
    ModuleCheck check = tried.check();
    return new ImportResult(
        saved,
        List.of(
            seen("white", check.white()),
            seen(ImportRequest.testPictureName(request.photo()), check.photo())),
        check.gradient(),
        check.notes());
  }

  private WithinTime limit() {
    return new WithinTime(request.limits().timeout(), "the module " + request.file());
  }

  /** What a module is, and what it said. */
  private record Tried(ModelCard card, ModuleCheck check) {}

  private Tried tried(
      ModelCard.Input input,
      Preprocessing preprocessing,
      Output.Form form,
      List<Integer> cat,
      Raster photo)
      throws IOException {
    ModelCard blank = card(input, preprocessing, Output.NOT_CAT_LOGIT);
    int outputs =
        form == Output.Form.LOGITS
            ? ModuleCheck.outputs(blank, request.file(), request.device())
            : 1;
    ClassNames names = request.names("", outputs);
    Output output = request.asked(output(form, outputs, cat), names);
    ModelCard card = card(input, preprocessing, output);
    return new Tried(card, ModuleCheck.of(card, names, request.file(), request.device(), photo));
  }

  private static InvalidRequestException missing(String option, String what) {
    return new InvalidRequestException(option + " is missing: " + what);
  }

  private static ImportResult.Seen seen(String picture, ModuleCheck.Seen seen) {
    return new ImportResult.Seen(picture, seen.top(), seen.logit());
  }

  private static Output output(Output.Form form, int outputs, List<Integer> cat) {
    InvalidRequestException.refuse(
        form == Output.Form.LOGITS && outputs == 1,
        "--output logits: the module gives one number a picture; take --output sigmoid or logit");
    try {
      return new Output(form, outputs, cat);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("--cat: " + e.getMessage());
    }
  }

  private ModelCard card(ModelCard.Input input, Preprocessing preprocessing, Output output) {
    return new ModelCard(
        request.name(),
        null,
        input,
        preprocessing,
        output,
        null,
        null,
        null,
        WeightsFile.UNSAVED_MODULE,
        context.clock().instant(),
        Provenance.whiskerVersion());
  }

  /**
   * Runs somebody else's code for a limited time. Native code can't be interrupted: what takes
   * longer goes on, on a thread that does not keep the process alive, and its result is lost.
   */
  record WithinTime(Duration limit, String what) {
    /**
     * The result of the work.
     *
     * @throws IOException in one line when it takes longer; or what the work throws
     */
    <T> T call(Callable<T> work) throws IOException {
      FutureTask<T> task = new FutureTask<>(work);
      Thread thread = new Thread(task, "within-time");
      thread.setDaemon(true);
      thread.start();
      try {
        return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new IOException(
            "%s took longer than %s s and was given up; allow more with --timeout"
                .formatted(what, limit.toNanos() / 1e9),
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(what + " was interrupted", e);
      } catch (ExecutionException e) {
        throw thrown(e.getCause());
      }
    }

    private static IOException thrown(@Nullable Throwable cause) {
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      return cause instanceof IOException io ? io : new IOException(cause);
    }
  }
}

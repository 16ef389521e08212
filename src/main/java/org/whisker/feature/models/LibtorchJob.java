package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Sha256;
import org.whisker.hub.LibtorchDownload;
import org.whisker.io.AtomicFiles;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.Leftovers;
import org.whisker.torch.natives.LibtorchFolder;

/**
 * Fetches a build of libtorch for GPUs to where DJL looks for it, and holds it against a hash
 * before anything of it can be loaded.
 */
public final class LibtorchJob {
  private static final Pattern FLAVOUR = Pattern.compile("cu\\d{3}");

  private final String flavour;
  private final Optional<String> pinned;
  private final Path cache;
  private final JobContext context;

  /**
   * Creates a job that fetches a build of libtorch.
   *
   * @param flavour such as {@code cu128}
   * @param pinned the SHA-256 of {@link LibtorchFolder#sha256}; empty: whatever is sent
   * @param cache DJL's folder of libtorch's builds
   * @throws InvalidRequestException for what is no flavour, or no SHA-256
   */
  public LibtorchJob(String flavour, Optional<String> pinned, Path cache, JobContext context) {
    InvalidRequestException.refuse(
        !FLAVOUR.matcher(flavour).matches(),
        "--fetch-libtorch is a build for GPUs such as cu128, was '" + flavour + "'");
    this.flavour = flavour;
    this.pinned = pinned.map(hash -> hash.strip().toLowerCase(Locale.ROOT));
    InvalidRequestException.refuse(
        this.pinned.isPresent() && !Sha256.isHash(this.pinned.get()),
        "--sha256 is 64 hexadecimal digits, was '" + pinned.orElse("") + "'");
    this.cache = cache;
    this.context = context;
  }

  /**
   * Fetches the build, or finds it in the cache.
   *
   * @param variables environment variables by name: the mirror and proxies
   * @return the folder; empty when the download was stopped
   * @throws IOException in one line; a build of another hash is deleted
   */
  public Optional<LibtorchFolder> run(UnaryOperator<@Nullable String> variables)
      throws IOException {
    LibtorchFolder folder = LibtorchFolder.in(cache, flavour);
    if (Files.exists(folder.path())) {
      if (pinned.isPresent()) {
        folder.require(pinned.get());
      }
      return Optional.of(folder);
    }
    Path fetching = cache.resolve(".fetch-" + folder.path().getFileName());
    return FolderSession.hold(fetching, () -> fetched(variables, fetching, folder));
  }

  private Optional<LibtorchFolder> fetched(
      UnaryOperator<@Nullable String> variables, Path fetching, LibtorchFolder folder)
      throws IOException {
    Path build = Files.createDirectories(fetching.resolve("build"));
    try {
      return download(variables, build) ? Optional.of(place(build, folder)) : Optional.empty();
    } finally {
      if (!Files.exists(build)) {
        Leftovers.delete(fetching);
      }
    }
  }

  private boolean download(UnaryOperator<@Nullable String> variables, Path into)
      throws IOException {
    LibtorchDownload download =
        InvalidRequestException.check(
            () ->
                new LibtorchDownload(variables, LibtorchFolder.version(), context.stop().listen()));
    String index = download.index();
    List<String> files = download.files(index, flavour, LibtorchFolder.system());
    try (Progress progress = context.progress("libraries", files.size())) {
      boolean whole = download.fetch(files, into, progress::stepTo);
      if (whole) {
        keep(index);
      }
      return whole;
    }
  }

  /** Keeps the list of builds: DJL asks its publisher for it unless it is here. */
  private void keep(String index) throws IOException {
    AtomicFiles.write(cache.resolve(LibtorchFolder.version() + ".txt"), index);
  }

  private LibtorchFolder place(Path fetched, LibtorchFolder folder) throws IOException {
    if (pinned.isPresent()) {
      requirePinned(fetched);
    }
    AtomicFiles.rename(fetched, folder.path());
    return folder;
  }

  private void requirePinned(Path fetched) throws IOException {
    String found = new LibtorchFolder(fetched).sha256();
    if (!found.equals(pinned.orElse(found))) {
      Leftovers.delete(fetched);
      throw new IOException(
          "what was sent has the SHA-256 %s, not %s as pinned; nothing of it was kept"
              .formatted(found, pinned.orElse("")));
    }
  }
}

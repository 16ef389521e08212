package org.whisker.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.whisker.feature.sweep.ResultStore;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;

/**
 * Results in a file system of Hadoop's, in the same files as in a sweep's folder. Where a file can
 * be renamed, a result is written under another name first, and the first rename wins; in a store
 * of objects an object is there whole or not at all, and of two equal ones written at one moment
 * the last stays.
 */
final class HadoopResults implements ResultStore {
  private static final Set<String> OBJECTS = Set.of("s3a", "s3", "gs", "oss", "cosn", "obs");

  private final FileSystem files;
  private final Path root;
  private final boolean renames;

  private HadoopResults(FileSystem files, Path root, boolean renames) {
    this.files = files;
    this.root = root;
    this.renames = renames;
  }

  /** Those at an address, as this process's Spark knows its file systems. */
  static HadoopResults of(String address) throws IOException {
    return of(address, SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
  }

  static HadoopResults of(String address, Configuration configuration) throws IOException {
    try {
      Path root = new Path(address);
      FileSystem files = root.getFileSystem(configuration);
      String scheme = files.getUri().getScheme();
      InvalidRequestException.refuse(
          scheme.equals("file"),
          "--results is for file systems of Hadoop; leave it out for results in the sweep's folder");
      return new HadoopResults(files, root, !OBJECTS.contains(scheme));
    } catch (InvalidRequestException e) {
      throw e;
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException(
          "--results " + address + " can't be reached: " + FailureMessage.message(e), e);
    }
  }

  @Override
  public boolean has(String place) throws IOException {
    return files.exists(new Path(root, place));
  }

  @Override
  public boolean create(String place, byte[] bytes, String writer) throws IOException {
    Path file = new Path(root, place);
    if (files.exists(file)) {
      return false;
    }
    if (!renames) {
      return put(file, bytes);
    }
    Path partial = new Path(file.getParent(), "." + file.getName() + "." + writer + ".partial");
    try (OutputStream out = files.create(partial, true)) {
      out.write(bytes);
    }
    boolean first = renamed(partial, file);
    files.delete(partial, false);
    return first;
  }

  private boolean put(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(file, false)) {
      out.write(bytes);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean renamed(Path from, Path to) throws IOException {
    try {
      if (files.rename(from, to)) {
        return true;
      }
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    if (files.exists(to)) {
      return false;
    }
    throw new IOException(to + " could not be written: " + from + " can't be renamed");
  }

  @Override
  public byte[] read(String place) throws IOException {
    try (InputStream in = files.open(new Path(root, place))) {
      return in.readAllBytes();
    }
  }

  @Override
  public Set<TaskKey> finished() throws IOException {
    Set<TaskKey> keys = new HashSet<>();
    addKeys(RESULTS, keys);
    addKeys(FAILURES, keys);
    return keys;
  }

  private void addKeys(String kind, Set<TaskKey> keys) throws IOException {
    try {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(root, kind), true);
      while (all.hasNext()) {
        FileStatus each = all.next();
        ResultStore.keyOf(each.getPath().getName()).ifPresent(keys::add);
      }
    } catch (FileNotFoundException e) {
      // nothing has been kept yet
    }
  }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes the runtime of an earlier build, which jlink would not replace. */
class DeleteFolder {
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    if (Files.isRegularFile(folder.resolve("release"))) {
      try (Stream<Path> all = Files.walk(folder)) {
        List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        for (Path each : deepestFirst) {
          Files.delete(each);
        }
      }
    }
  }
}

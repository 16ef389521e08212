import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.command.Command;
import org.whisker.command.CommandMaker;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.TextTable;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.option.Option;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A command: counts the dark pixels of pictures, and writes them to a table. */
public final class Darkness implements CommandMaker {
  /** What is counted, as it is typed. */
  public record Asked(
      @Option(label = "IMAGE", needed = true, help = "The pictures.") List<Path> images,
      @Option(
              names = "--below",
              label = "G",
              defaultValue = "0.5",
              above = 0,
              max = 1,
              help = "A pixel is dark when it is below this, from 0 black to 1 white.")
          double below) {}

  /** A row of the table. */
  public record Row(
      @Column(meaning = "the picture", format = "%s") String file,
      @Column(unit = "px", meaning = "number of dark pixels", format = "%d") int dark) {
    static final Table<Row> TABLE = Table.of(Row.class, "darkness.csv");
  }

  @Command(name = "darkness", description = "Counts the dark pixels of pictures.")
  private static final class DarknessCommand extends RecordCommand<Asked> {
    DarknessCommand(Environment environment) {
      super(environment, Asked.class, Extra.OUT);
    }

    @Override
    public Integer call() throws IOException {
      Asked asked = config();
      List<Row> rows = new ArrayList<>();
      for (Path image : asked.images()) {
        rows.add(new Row(image.toString(), dark(ImageFiles.readGray(image), asked.below())));
      }
      Path folder = out().folder(environment(), "darkness");
      Row.TABLE.write(folder.resolve(Row.TABLE.file()), rows);
      environment().out().print(TextTable.of(Row.TABLE, rows));
      environment().out().println("written to " + folder);
      return ExitCode.OK;
    }

    private static int dark(GrayImage image, double below) {
      int dark = 0;
      for (int y = 0; y < image.canvas().height(); y++) {
        for (int x = 0; x < image.canvas().width(); x++) {
          dark += image.at(x, y) < below ? 1 : 0;
        }
      }
      return dark;
    }
  }

  @Override
  public Class<? extends RecordCommand<?>> type() {
    return DarknessCommand.class;
  }

  @Override
  public RecordCommand<?> make(Environment environment) {
    return new DarknessCommand(environment);
  }
}

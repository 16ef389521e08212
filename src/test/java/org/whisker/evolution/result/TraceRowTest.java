package org.whisker.evolution.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.evolution.TraceEvent;
import org.whisker.evolution.TraceEvent.Change;
import org.whisker.evolution.operator.Crossover.Recombination;
import org.whisker.evolution.operator.Edit;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class TraceRowTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aRowAnEvent() throws IOException {
    Canvas canvas = Canvas.square(8);
    List<Change> changes =
        List.of(
            new Change("add", new Edit.Add(43)),
            new Change("move", new Edit.Move(12, 7)),
            new Change("stroke", new Edit.Draw(BlackPixels.of(canvas, 5, 6, 7))),
            new Change("flip", new Edit.Flip(BlackPixels.of(canvas, 9))));
    Recombination crossed = new Recombination.Rectangle(1, 2, 3, 4);
    List<TraceEvent> events =
        List.of(
            new TraceEvent.Child(3, 0, 17, 4, Optional.of(crossed), changes),
            new TraceEvent.Child(3, 1, 4, 17, Optional.empty(), List.of()),
            new TraceEvent.Kept(3, 0, 11),
            new TraceEvent.Joined(3, 1, 0));
    Path file = folder.resolve("trace.csv");
    List<TraceRow> rows = events.stream().map(TraceRow::of).toList();
    TraceRow.TABLE.write(file, rows);
    assertEquals(rows, TraceRow.TABLE.read(file));
    assertEquals(
        List.of(
            "generation,event,index,parent,mate,crossover,crossover_drawn,edits,previous,child",
            "3,child,0,17,4,rectangle,1;2;3;4,add:43;move:12>7;stroke:5+6+7;flip:9,,",
            "3,child,1,4,17,,,,,",
            "3,kept,0,,,,,,11,",
            "3,joined,1,,,,,,,0"),
        Files.readAllLines(file));
  }
}

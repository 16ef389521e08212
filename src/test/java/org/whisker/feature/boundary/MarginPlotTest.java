package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Margin;
import org.whisker.table.PictureId;

class MarginPlotTest {
  private static Margin.OfImage row(float logit, OptionalInt flips) {
    float last = flips.isPresent() ? -logit : logit;
    return new Margin.OfImage(
        new PictureId("cat", "a"), new Margin(logit, flips, OptionalInt.of(2), 0.7, last));
  }

  @Test
  void drawsGroupsWithAndWithoutImagesThatWereNotReached() {
    List<Margin.OfImage> rows =
        List.of(
            row(-1, OptionalInt.of(3)), row(2, OptionalInt.of(9)), row(-1, OptionalInt.empty()));
    MarginChart.MarginPlot plot =
        new MarginChart.MarginPlot("Margins", rows, Margin.Summary.of(rows), 200);
    assertTrue(plot.png(2).bytes().length > 1000);
  }
}

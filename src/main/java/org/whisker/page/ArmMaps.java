package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.experiment.ArmDensityMaps;
import org.whisker.table.experiment.ArmDensity;
import org.whisker.table.experiment.ArmImageRow;

/** Pixel densities of all arms of all models, on one scale. */
record ArmMaps(ReportFolder folder, String experiment) {
  /** Empty if no arm has an image with a black pixel, or there is only a control. */
  Optional<Figure> figure() throws IOException {
    List<ArmDensityMaps.OfModel> maps = new ArrayList<>();
    List<String> white = new ArrayList<>();
    @Nullable String csv = null;
    for (String model : folder.models()) {
      String own = model + "/" + experiment;
      List<ArmDensity> arms = ArmDensity.read(folder.root().resolve(own));
      for (ArmDensity arm : arms.size() == 1 ? List.<ArmDensity>of() : arms) {
        if (arm.density().isPresent()) {
          maps.add(new ArmDensityMaps.OfModel(model, arm));
        } else {
          white.add(arm.arm() + " on " + model);
        }
        csv = csv == null ? own + "/" + ArmImageRow.FILE : csv;
      }
    }
    return maps.isEmpty() ? Optional.empty() : Optional.of(figure(maps, white, csv));
  }

  private static Figure figure(
      List<ArmDensityMaps.OfModel> maps, List<String> white, @Nullable String csv) {
    String none =
        white.isEmpty() ? "" : " No black pixel in any run: " + String.join(", ", white) + ".";
    return new Figure(
        new ArmDensityMaps(maps).panels(),
        "Density of black pixels by arm",
        "Density of the black pixels of the final images by arm, all on one scale of square roots: smoothed, with"
            + " equal weight per run; 1 is chance."
            + none,
        csv);
  }
}

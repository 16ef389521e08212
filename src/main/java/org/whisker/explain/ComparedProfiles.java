package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.explain.Comparison.ProfilePoint;
import org.whisker.image.EdgeBin;

/** The profiles of each model by edge rank, from the border inwards. */
final class ComparedProfiles {
  private ComparedProfiles() {}

  static List<ProfilePoint> of(List<ComparedModel> models) {
    List<ProfilePoint> points = new ArrayList<>();
    for (ComparedModel m : models) {
      m.maps()
          .density()
          .ifPresent(
              profile ->
                  profile
                      .bins()
                      .forEach(
                          bin ->
                              points.add(
                                  new ProfilePoint(
                                      "density",
                                      m.name(),
                                      bin.where().from(),
                                      bin.where().to(),
                                      bin.density(),
                                      bin.ciLow(),
                                      bin.ciHigh()))));
    }
    for (ComparedModel m : models) {
      m.maps()
          .probeProfile()
          .bins()
          .forEach(
              bin ->
                  points.add(point("probe", m, bin.where(), OptionalDouble.of(bin.meanDelta()))));
    }
    for (ComparedModel m : models) {
      m.maps()
          .gradientProfile()
          .bins()
          .forEach(bin -> points.add(point("gradient", m, bin.where(), bin.relative())));
    }
    return points;
  }

  private static ProfilePoint point(
      String profile, ComparedModel m, EdgeBin where, OptionalDouble value) {
    return new ProfilePoint(
        profile,
        m.name(),
        where.from(),
        where.to(),
        value.orElse(0),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }
}

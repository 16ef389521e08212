package org.whisker.feature.saliency;

import java.util.LinkedHashMap;
import java.util.Map;
import org.whisker.image.Raster;
import org.whisker.saliency.OcclusionBorder;
import org.whisker.saliency.OcclusionOptions;

/**
 * Occlusion windows for pictures of one size, and what a hidden place shows.
 *
 * @param verified how many windows to score again, of those scored and of those not
 */
record OcclusionWindows(
    int width, int height, int stride, OcclusionBorder border, ReferenceGray fill, int verified) {
  OcclusionOptions options(Raster picture, float background) {
    return new OcclusionOptions(width, height, stride, fill.fill(picture, background), border);
  }

  Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("window", width + "x" + height);
    map.put("stride", stride);
    map.put("border", border.toString());
    map.put("fill", fill.word());
    map.put("verified_windows", verified);
    return map;
  }
}

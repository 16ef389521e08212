package org.whisker.job.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.job.JobContext;
import org.whisker.option.Option;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * The pictures that one name on a command line stands for.
 *
 * @param name what to call them
 * @param pictures at least one, each of the classifier's size
 * @param tones the grays of evolved ones; black on white else
 * @param manifest what evolve wrote beside them; empty where it did not
 */
public record PictureGroup(
    String name, List<Picture> pictures, Tones tones, Optional<JsonNode> manifest) {
  /**
   * A picture of the group.
   *
   * @param file where it is from, or {@code white}
   * @param from its size before it was brought to that which the classifier takes
   */
  public record Picture(String file, Raster raster, Canvas from) {
    /** Whether it had another size than the classifier takes. */
    public boolean resized() {
      return !from.equals(raster.canvas());
    }

    /**
     * The share of its pixels that was cut away: its shorter side was resized, the longer cropped.
     */
    public double cut() {
      double across = (double) raster.canvas().width() / from.width();
      double down = (double) raster.canvas().height() / from.height();
      return 1 - Math.min(across, down) / Math.max(across, down);
    }
  }

  /** A picture, with the group that it is one of. */
  public record Member(PictureGroup group, Picture picture) {}

  public PictureGroup {
    pictures = List.copyOf(pictures);
    Checks.refuse(pictures.isEmpty(), "%s has no picture", name);
  }

  /** A group of pictures that were not evolved. */
  PictureGroup(String name, List<Picture> pictures) {
    this(name, pictures, Tones.standard(), Optional.empty());
  }

  public List<Raster> rasters() {
    return pictures.stream().map(Picture::raster).toList();
  }

  /** Whether evolve wrote them. */
  public boolean evolved() {
    return manifest.isPresent();
  }

  /** The pictures of all groups, in their order. */
  public static List<Member> members(List<PictureGroup> groups) {
    List<Member> members = new ArrayList<>();
    groups.forEach(
        group -> group.pictures.forEach(picture -> members.add(new Member(group, picture))));
    return members;
  }

  /** Says which were resized; of evolved ones, what is then said of them means little. */
  public static void noteResized(List<PictureGroup> groups, JobContext context) {
    for (PictureGroup group : groups) {
      long resized = group.pictures.stream().filter(Picture::resized).count();
      if (resized > 0) {
        context.note(
            Text.of(
                "%d of %d images of %s resized to %s%s",
                resized,
                group.pictures.size(),
                group.name,
                group.pictures.get(0).raster().canvas(),
                group.evolved() ? "; their pixels are blurred" : ", cropped to their middle"));
      }
    }
  }

  /** What a manifest says of them. */
  public static List<Map<String, Object>> describe(List<PictureGroup> groups) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (PictureGroup group : groups) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", group.name);
      map.put("evolved", group.evolved());
      map.put("resized", group.pictures.stream().filter(Picture::resized).count());
      map.put("files", group.pictures.stream().map(Picture::file).toList());
      all.add(map);
    }
    return all;
  }

  /** {@code --per-group}: how many images of a folder are taken. */
  @Option(
      names = "--per-group",
      label = "N",
      defaultValue = "20",
      min = 1,
      help =
          "Number of images drawn at random from a folder of images or a class of photos; evolved"
              + " images are all taken.")
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface PerGroup {}
}

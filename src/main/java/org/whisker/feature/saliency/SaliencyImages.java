package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.job.input.ImageSet;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.job.input.PictureSize;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.value.Text;

/**
 * The images to explain, by short names of their own; bad ones are noted and left out.
 *
 * @param images with the grays that they were painted in
 */
record SaliencyImages(List<Named> images) {

  record Named(ExplainedMap.Picture picture, Tones tones) {}

  SaliencyImages {
    images = List.copyOf(images);
  }

  /**
   * Reads and scores the images.
   *
   * @param names as users type them
   * @param resize whether images of two grays and another size are resized
   * @param bad notes what can't be read
   * @throws IOException when none can be
   */
  static SaliencyImages read(
      Classifier classifier, List<String> names, boolean resize, int most, long seed, BadInputs bad)
      throws IOException {
    PictureSize size = PictureSize.of(classifier, resize);
    PictureReader reader = new PictureReader("--image", size, most, seed, bad);
    List<PictureGroup> groups = new ArrayList<>();
    for (String name : names) {
      try {
        groups.addAll(reader.read(name));
      } catch (IOException e) {
        bad.found(e);
      }
    }
    return new SaliencyImages(named(classifier, groups));
  }

  private static List<Named> named(Classifier classifier, List<PictureGroup> groups) {
    List<Named> images = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (PictureGroup group : groups) {
      List<Raster> rasters = group.rasters();
      float[] logits = classifier.logits(rasters);
      for (int i = 0; i < logits.length; i++) {
        PictureGroup.Picture picture = group.pictures().get(i);
        String name = name(picture);
        String folder = unused(folders, name);
        boolean first = folder.equals(safe(name));
        images.add(
            new Named(
                new ExplainedMap.Picture(
                    first ? name : name + folder.substring(safe(name).length()),
                    folder,
                    picture.file(),
                    picture.raster(),
                    picture.resized(),
                    logits[i],
                    Classifier.catProbability(logits[i])),
                group.tones()));
      }
    }
    return images;
  }

  /**
   * Names a picture: a run of evolve by its folder and number, else the file without its extension.
   */
  private static String name(PictureGroup.Picture picture) {
    Path file = Path.of(picture.file()).toAbsolutePath().normalize();
    int names = file.getNameCount();
    if (file.endsWith("best.png") && names > 3 && file.getName(names - 3).endsWith("runs")) {
      return file.getName(names - 4) + " run " + file.getName(names - 2);
    }
    String name = ImageSet.lastName(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A folder's name, made of another name, that is not among those taken. */
  static String unused(Set<String> folders, String name) {
    String safe = safe(name);
    String folder = safe;
    // a file system may not tell capitals apart
    for (int i = 2; !folders.add(folder.toLowerCase(Locale.ROOT)); i++) {
      folder = safe + "-" + i;
    }
    return folder;
  }

  /** A name of a folder that every system takes. */
  private static String safe(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return safe.isEmpty() ? "image" : safe.substring(0, Math.min(60, safe.length()));
  }

  /** Puts what a manifest says of them, their pixels by a checksum. */
  void describe(Map<String, Object> manifest) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Named image : images) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", image.picture.name());
      map.put("file", image.picture.file());
      map.put("folder", "images/" + image.picture.folder());
      map.put("resized", image.picture.resized());
      map.put("pixels_crc32", PictureSize.crc(image.picture.raster()));
      if (image.picture.raster().planes() > 1) {
        map.put("colours", "values per channel; maps hold their sum over the channels");
      }
      all.add(map);
    }
    manifest.put("images", all);
  }

  /** Note how many images were resized; empty when none was. */
  Optional<String> resizedNote() {
    long resized = images.stream().filter(each -> each.picture().resized()).count();
    return resized == 0
        ? Optional.empty()
        : Optional.of(
            Text.of(
                "%d of %d images resized to %s, cropped to their middle",
                resized, images.size(), images.get(0).picture().raster().canvas()));
  }
}

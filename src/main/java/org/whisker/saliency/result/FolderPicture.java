package org.whisker.saliency.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;

/**
 * An image in the folder of a saliency job.
 *
 * @param folder of its maps
 * @param name short name, used in titles
 * @param resized whether it was resized to the classifier's input size
 * @param pCat p(cat), 0 to 1
 * @param gray the gray values that the classifier receives, in steps of 1/255
 */
public record FolderPicture(
    Path folder, String name, boolean resized, double pCat, GrayImage gray) {
  static FolderPicture read(Path folder, SaliencyRow row) throws IOException {
    return new FolderPicture(
        folder,
        row.image(),
        row.resized(),
        row.pCat(),
        ImageFiles.readGray(folder.resolve("picture.png")));
  }

  /** Its p(cat), as text. */
  public String score() {
    return String.format(Locale.ROOT, "p(cat) %.3f", pCat);
  }
}

package org.whisker.table.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;

/**
 * A picture in the folder of a saliency job.
 *
 * @param folder of its maps
 * @param name short, as titles say it
 * @param resized whether it had another size than the classifier takes
 * @param pCat p(cat)
 * @param gray as the classifier sees it, to 255ths
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

  /** Its p(cat), in words. */
  public String score() {
    return String.format(Locale.ROOT, "p(cat) %.3f", pCat);
  }
}

package org.whisker.table.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.saliency.Attribution;

/**
 * A map in the folder of a saliency job.
 *
 * @param row what {@code summary.csv} says of it
 * @param profile from the border inwards
 */
public record FolderMap(
    FolderPicture picture, SaliencyRow row, PictureMap map, List<ProfileRow> profile) {
  /**
   * A map beside the map, such as its coverage.
   *
   * @param name in a file name
   */
  public record Companion(String name, PictureMap map) {}

  public FolderMap {
    profile = List.copyOf(profile);
  }

  /**
   * Reads it.
   *
   * @throws IOException when a file is missing or can't be read
   */
  public static FolderMap read(FolderPicture picture, SaliencyRow row) throws IOException {
    String stem = SaliencyFiles.stem(row.method());
    return new FolderMap(
        picture,
        row,
        PictureMap.of(new SavedAttribution(picture.folder(), stem).map()),
        ProfileRow.TABLE.read(SaliencyFiles.profile(picture.folder(), stem)));
  }

  /** The method that made it. */
  public String method() {
    return row.method();
  }

  /** The beginning of its files' names. */
  public String stem() {
    return SaliencyFiles.stem(row.method());
  }

  /** Where the map's picture lies, once charts are drawn. */
  public Path png() {
    return picture.folder().resolve(stem() + ".png");
  }

  /** Reads the maps beside it. */
  public List<Companion> companions() throws IOException {
    return new SavedAttribution(picture.folder(), stem())
        .companions().stream().map(FolderMap::companion).toList();
  }

  private static Companion companion(Attribution.Companion of) {
    return new Companion(of.name(), PictureMap.of(of.map()));
  }
}

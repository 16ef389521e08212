package org.whisker.job.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.evolve.SampleEvolution;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tone;

class PictureReaderTest {
  @TempDir Path folder;

  private PictureGroup read(String background, String ink, int planes) throws IOException {
    SampleEvolution.write(folder);
    Path manifest = folder.resolve("manifest.json");
    String text =
        Files.readString(manifest)
            .replace("\"background\": 1.0", "\"background\": \"" + background + "\"")
            .replace("\"ink\": 0.0", "\"ink\": \"" + ink + "\"");
    Files.writeString(manifest, text);
    PictureSize size = new PictureSize(Canvas.square(16), planes, false);
    return new PictureReader("--image", size).read(folder.toString()).get(0);
  }

  /** Gradients of a network that sees gray are of gray. */
  @Test
  void coloursOfAnEvolutionAreReadAsAModelSeesThem() throws IOException {
    PictureGroup seen = read("#ffffff", "#ff0000", 3);
    assertEquals(3, seen.rasters().get(0).planes());
    PictureGroup gray = read("#ffffff", "#ff0000", 1);
    assertEquals(1, gray.rasters().get(0).planes());
    assertEquals(Tone.parse("#ff0000").gray(), gray.tones().ink().gray());
    assertTrue(gray.tones().genome(gray.rasters().get(0)).isPresent());
  }

  /** Folders of classes that are not cat and not_cat are groups, too. */
  @Test
  void eachFolderOfAFolderIsAGroup() throws IOException {
    for (String name : List.of("beagle", "tabby")) {
      Path photo = Files.createDirectories(folder.resolve(name)).resolve("one.png");
      ImageFiles.writePng(photo, GrayImage.filled(Canvas.square(8), 0.5f));
    }
    PictureReader reader =
        new PictureReader("--images", new PictureSize(Canvas.square(8), 1, true));
    List<PictureGroup> groups = reader.read(folder.toString());
    assertEquals(List.of("beagle", "tabby"), groups.stream().map(PictureGroup::name).toList());
  }

  @Test
  void coloursThatAreOneGrayAreRefusedWhereGrayIsSeen() {
    String told = assertThrows(IOException.class, () -> read("#c700eb", "#009300", 1)).toString();
    assertTrue(told.contains("is of two colours that are one gray; name a model"), told);
  }
}

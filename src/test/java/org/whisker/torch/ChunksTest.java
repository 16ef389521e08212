package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.image.GrayImage;
import org.whisker.network.Network;
import org.whisker.torch.InferenceScript.Chunks;
import org.whisker.torch.InferenceScript.Chunks.Chunk;
import org.whisker.weights.FormulaWeights;

class ChunksTest {
  private static final int PICTURES = 8;

  private static Network network(Architecture.Kind kind, int side) {
    boolean vgg = kind == Architecture.Kind.VGG16;
    List<Integer> repeats = vgg ? List.of() : List.of(1, 1, 1);
    Architecture architecture = new Architecture(kind, 0.25, repeats, false, vgg ? 16 : 0, 1, 0.1);
    return Networks.of(architecture, new ModelCard.Input(1, side, side), 1);
  }

  @Test
  void largeMapsAreComputedForFewPictures() {
    Network vgg = network(Architecture.Kind.VGG16, 128);
    List<Chunk> chunks = Chunks.of(vgg, Precision.FLOAT32);
    assertEquals(List.of(1, 4), chunks.stream().map(Chunk::pictures).toList());
    assertEquals(0, chunks.get(0).from());
    assertEquals(chunks.get(0).to(), chunks.get(1).from());
    List<Chunk> halved = Chunks.of(vgg, Precision.BFLOAT16); // values of half the bytes
    assertEquals(List.of(4), halved.stream().map(Chunk::pictures).toList());
    assertEquals(List.of(), Chunks.of(TinyNets.vgg(1, 40), Precision.FLOAT32));
  }

  @Test
  void branchesStayTogether() {
    Network inception = network(Architecture.Kind.INCEPTION_RESNET_V2, 160);
    List<Chunk> chunks = Chunks.of(inception, Precision.FLOAT32);
    assertFalse(chunks.isEmpty());
    for (Chunk chunk : chunks) {
      for (int i = chunk.to() + 1; i < inception.nodes().size(); i++) {
        int node = i;
        assertTrue(
            inception.nodes().get(i).inputs().stream().allMatch(from -> from >= chunk.to()),
            () -> node + " reads from within " + chunk);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Precision.class, mode = Mode.EXCLUDE, names = "FLOAT64")
  void logitsAreThoseOfTheWhole(Precision precision) {
    Network vgg = network(Architecture.Kind.VGG16, 128);
    List<GrayImage> pictures = TinyNets.pictures(vgg, PICTURES);
    FloatBuffer values = FloatBuffer.allocate(PICTURES * pictures.get(0).canvas().pixels());
    pictures.forEach(picture -> values.put(picture.grayValues()));
    try (TorchModule module =
            TorchClassifier.load(
                vgg,
                new FormulaWeights(vgg.parameters(), 3),
                TinyNets.PREPROCESSING,
                precision,
                TorchDevice.cpu(),
                List.of());
        NDManager scope = module.scope()) {
      var shape = TorchModule.shape(List.of(PICTURES, 1, 128, 128));
      NDArray x = TorchModule.array(scope, values.flip(), shape);
      float[] whole = module.infer(scope, "forward", x).singletonOrThrow().toFloatArray();
      float[] logits = module.infer(scope, "chunked", x).singletonOrThrow().toFloatArray();
      assertTrue(logits[0] != logits[1], "pictures differ");
      assertArrayEquals(whole, logits);
    }
  }
}

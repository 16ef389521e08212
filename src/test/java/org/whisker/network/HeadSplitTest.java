package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

class HeadSplitTest {
  private static Network vgg(Vgg16.Head head) {
    return Vgg16.of(new Vgg16.Options(new FeatureShape(1, 32, 32), 0.125, true, head, 1));
  }

  private static List<String> names(Network network) {
    return network.nodes().stream().map(Node::name).toList();
  }

  @Test
  void vggIsPartedBeforeTheLastDropout() {
    HeadSplit split = HeadSplit.of(vgg(new Vgg16.Head.Flattening(1, 8, 0.3)));
    assertEquals("classifier.4", split.backbone().output().name());
    assertEquals("8x1x1", split.backbone().output().shape().toString());
    assertEquals(List.of("input", "features", "classifier.5", "classifier.6"), names(split.head()));
    assertEquals("1x1x8", split.head().input().toString());
    assertTrue(split.backbone().stages().containsKey("features.43"));
  }

  @Test
  void aPooledHeadIsPartedBehindTheFlattening() {
    HeadSplit split = HeadSplit.of(vgg(new Vgg16.Head.Pooled(0.3)));
    assertEquals("flatten", split.backbone().output().name());
    assertEquals(List.of("input", "features", "dropout", "classifier"), names(split.head()));
  }

  @Test
  void inceptionIsPartedBeforeItsDropoutAndNoTensorIsLost() {
    FeatureShape in = new FeatureShape(1, 96, 96);
    Network whole = InceptionResNetV2.of(new InceptionResNetV2.Options(in, 0.125, 1, 1, 1, 0.2, 1));
    HeadSplit split = HeadSplit.of(whole);
    assertEquals("flatten", split.backbone().output().name());
    List<Parameter> both = new ArrayList<>(split.backbone().parameters());
    both.addAll(split.head().parameters());
    assertEquals(whole.parameters(), both);
  }

  @Test
  void refusesAnotherEnd() {
    Network network = vgg(new Vgg16.Head.Pooled(0)).withLast("relu", Activation.relu());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> HeadSplit.of(network))
            .toString()
            .contains("ends in relu"));
  }
}

package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.OnnxModel;

/** Which maps of transformers have places, and what knows them. */
class PlacedMapsTest {
  private static Network read(String name) throws Exception {
    Path file = Path.of("src/test/resources/onnx", name + ".onnx");
    return OnnxModel.read(file, Optional.empty()).network();
  }

  private static FeatureShape stage(Network network, String name) {
    return network.nodes().get(network.position(name)).shape();
  }

  @Test
  void tokensInARowHaveNoPlaces() throws Exception {
    Network network = read("vit");
    assertEquals(List.of("stride4", "tokens"), List.copyOf(network.stages().keySet()));
    assertEquals(new FeatureShape(16, 4, 4), stage(network, "stride4"));
    assertEquals(new FeatureShape(16, 1, 17), stage(network, "tokens"));
    PlacedMaps maps = PlacedMaps.of(network);
    assertFalse(maps.has(network.lastFeatureMap()));
    assertEquals(network.position("stride4"), maps.last().orElseThrow());
    assertFalse(CutPoints.isHeadCut(network));
    assertEquals(List.of(network.position("stride4")), CutPoints.of(network).positions());
  }

  /** With batch norms in the place of layer norms, as some transformers have. */
  @Test
  void batchNormsOfTokensAreShownInTheirPlace() throws Exception {
    Network own = read("vit");
    List<Network.Node> nodes = own.nodes().stream().map(PlacedMapsTest::batchNormed).toList();
    Network other = new Network("other", nodes, Map.of(), own.padding());
    assertTrue(TokenPlaces.of(own).last().isPresent());
    assertEquals(TokenPlaces.of(own).last(), TokenPlaces.of(other).last());
  }

  private static Network.Node batchNormed(Network.Node node) {
    return node.layer() instanceof Operation.ChannelNorm norm
        ? new Network.Node(
            node.name(),
            new Layer.BatchNorm(norm.channels(), norm.eps()),
            node.inputs(),
            node.shape())
        : node;
  }

  @Test
  void averagedTokensAndWindowsComeBackToTheirPlaces() throws Exception {
    Network averaged = read("vit-averaged-opset20");
    assertTrue(PlacedMaps.of(averaged).has(averaged.lastFeatureMap()));
    assertEquals(4, averaged.nodes().get(averaged.lastFeatureMap()).shape().height());
    Network swin = read("swin");
    assertEquals(List.of("stride2", "stride4"), List.copyOf(swin.stages().keySet()));
    assertEquals(new FeatureShape(16, 4, 4), stage(swin, "stride4"));
    assertTrue(CutPoints.isHeadCut(swin));
  }

  /** Tokens are rolled on their grid, before they are put into a row. */
  @Test
  void whatKnowsPlacesIsNamed() throws Exception {
    for (String name : List.of("vit", "vit-averaged-opset20", "swin", "swin-opset20")) {
      Network network = read(name);
      List<PlaceOperation> untested = PlaceOperation.untested(network);
      assertFalse(untested.isEmpty(), name);
      assertEquals(untested, PlaceChange.rollable(network, untested), name);
      assertTrue(untested.stream().noneMatch(p -> p.kind() == PlaceOperation.Kind.CROP), name);
    }
    String said = PlaceOperation.text(PlaceOperation.untested(read("vit")));
    assertTrue(said.contains("puts positions into another order"), said);
    assertTrue(said.contains("adds a constant for each token or pair of tokens"), said);
  }
}

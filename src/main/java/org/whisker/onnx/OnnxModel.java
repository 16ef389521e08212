package org.whisker.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.ExternalData;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.weights.Weights;

/**
 * An ONNX file as a network and its weights.
 *
 * @param network with zero padding; its output is a vector
 * @param weights the weights of the network, under its names; they stay in the file, mapped
 * @param ending what the file does to the network's output
 * @param notes for the user, one line each
 * @param classes what the file's metadata says of the names of classes, as text; empty where it
 *     says nothing
 */
public record OnnxModel(
    Network network, Weights weights, Ending ending, List<String> notes, String classes) {
  /** What stood behind the outputs, and was left out: their order is the same without it. */
  public enum Ending {
    /** No ending is added: the outputs are as in the file. */
    NONE,
    /** A softmax, or its logarithm, over the outputs. */
    SOFTMAX,
    /** A sigmoid of each output. */
    SIGMOID
  }

  public OnnxModel {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a file of opset 7 or later.
   *
   * @param input channels, height and width, where the file leaves them open
   * @throws OnnxException naming the node that can't be read, and the mend
   */
  public static OnnxModel read(Path file, Optional<FeatureShape> input) throws OnnxException {
    return read(file, input, OperatorList.standard());
  }

  static OnnxModel read(Path file, Optional<FeatureShape> input, OperatorList operators)
      throws OnnxException {
    try {
      OnnxFile graph = OnnxFile.read(file);
      Path folder = file.toAbsolutePath().getParent();
      TensorReader tensors = new TensorReader(new ExternalData(folder == null ? file : folder));
      Importer.Result imported = Importer.of(graph, operators, input, tensors);
      return Assembly.of(graph, operators, imported, String.valueOf(file.getFileName()));
    } catch (OnnxException e) {
      throw new OnnxException(file + ": " + e.getMessage(), e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new OnnxException(file + " is nested too deeply or too large to be read", e);
    }
  }
}

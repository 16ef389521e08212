package org.whisker.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.ExternalData;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.value.Text;
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

  /** How often a file may become its size: of integers of 8 bits, 4 times, or twice that. */
  private static final long EACH = 8;

  /** A model of this size is never refused. */
  private static final long SMALL = 64 << 20;

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
      Path folder = file.toAbsolutePath().getParent();
      TensorReader tensors = new TensorReader(new ExternalData(folder == null ? file : folder));
      OnnxFile graph = OnnxFile.read(file, tensors);
      Importer.Result imported = Importer.of(graph, operators, input, tensors);
      OnnxModel model = Assembly.of(graph, operators, imported, String.valueOf(file.getFileName()));
      checkSize(model.network(), Files.size(file) + tensors.external().bytes());
      return model;
    } catch (OnnxException e) {
      throw new OnnxException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new OnnxException(file + " cannot be read: " + e.getMessage(), e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new OnnxException(file + " is nested too deeply or too large to be read", e);
    }
  }

  /** Tensors that name the same bytes, or that many layers read, are weights of their own here. */
  private static void checkSize(Network network, long file) throws OnnxException {
    long bytes = Float.BYTES * network.parameters().stream().mapToLong(Layer.Parameter::size).sum();
    long most = EACH * file + SMALL;
    if (bytes > most) {
      throw new OnnxException(
          Text.of(
              "it would become a model of %,d MiB, more than %,d, from %,d bytes; export the model"
                  + " again, each layer with its weights",
              bytes >> 20, most >> 20, file));
    }
  }
}

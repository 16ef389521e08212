package org.whisker.torch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive with one class, {@code Net}, whose tensors are placeholder scalars until
 * its method {@code assign} sets the real ones, and again after {@code free}. So an archive has a
 * few kilobytes, whatever the network.
 *
 * <p>Layout (PyTorch's {@code torch/csrc/jit/docs/serialization.md}): a zip of stored entries under
 * one folder; {@code data.pkl} builds the object, {@code code/__torch__.py} holds the class.
 */
final class TorchScriptArchive {
  /** The method that lets go of all tensors. */
  static final String FREE = "free";

  static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  /**
   * Returns the archive's bytes.
   *
   * @param attributes names of the tensors that the class holds
   * @param methods the methods' text, indented by two spaces
   */
  static byte[] write(List<String> attributes, String methods) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        put(zip, "data.pkl", pickle(attributes));
        put(
            zip,
            "code/__torch__.py",
            classText(attributes, methods + free(attributes)).getBytes(StandardCharsets.UTF_8));
        put(zip, "constants.pkl", NO_CONSTANTS);
        put(zip, "data/0", new byte[Float.BYTES]);
        put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** Sets the placeholders again, as before {@code assign}. */
  private static String free(List<String> attributes) {
    StringBuilder text =
        new StringBuilder("  def " + FREE + "(self: __torch__.Net) -> Tensor:\n")
            .append("    none = torch.zeros([1])\n");
    attributes.forEach(a -> text.append("    self.").append(a).append(" = none\n"));
    return text.append("    return none\n").toString();
  }

  static String classText(List<String> attributes, String methods) {
    StringBuilder text =
        new StringBuilder("class Net(Module):\n  __parameters__ = []\n  __buffers__ = [");
    attributes.forEach(a -> text.append('"').append(a).append("\", "));
    text.append("]\n");
    attributes.forEach(a -> text.append("  ").append(a).append(" : Tensor\n"));
    return text.append("  training : bool\n").append(methods).toString();
  }

  static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
    ZipEntry entry = new ZipEntry("net/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    CRC32 crc = new CRC32();
    crc.update(data);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }

  /** Protocol 2: an empty Net whose state is a dictionary of scalar tensors. */
  private static byte[] pickle(List<String> attributes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(0x80);
    out.writeByte(2);
    global(out, "__torch__", "Net");
    out.writeBytes(")\u0081}(");
    for (String attribute : attributes) {
      string(out, attribute);
      scalarTensor(out);
    }
    string(out, "training");
    out.writeByte(0x89);
    out.writeBytes("ub.");
    return bytes.toByteArray();
  }

  /** {@code _rebuild_tensor_v2(storage 0, offset 0, size (), stride (), False, OrderedDict())}. */
  private static void scalarTensor(DataOutputStream out) throws IOException {
    global(out, "torch._utils", "_rebuild_tensor_v2");
    out.writeBytes("((");
    string(out, "storage");
    global(out, "torch", "FloatStorage");
    string(out, "0");
    string(out, "cpu");
    out.writeBytes("K\u0001tQ");
    out.writeBytes("K\u0000))");
    out.writeByte(0x89);
    global(out, "collections", "OrderedDict");
    out.writeBytes(")RtR");
  }

  static void global(DataOutputStream out, String module, String name) throws IOException {
    out.writeBytes("c" + module + "\n" + name + "\n");
  }

  static void string(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte('X');
    out.writeInt(Integer.reverseBytes(utf8.length));
    out.write(utf8);
  }
}

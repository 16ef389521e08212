package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleOperatorsTest {
  private static final String CLASS =
      """
      class Net(Module):
        __parameters__ = ["weight", ]
        weight : Tensor
        training : bool
        __annotations__["0"] = __torch__.torch.nn.modules.conv.Conv2d
        features : __torch__.torch.nn.modules.container.Sequential
        def forward(self: __torch__.Net,
          x: Tensor) -> Tensor:
          _0 = getattr(self, "0")
          features = self.features
      """;

  @TempDir Path folder;

  private static String outside(String line) {
    return ModuleOperators.outside(CLASS + "    " + line + "\n    return x\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = torch.add_((features).forward(x, ), self.weight, alpha=1.5e-3)",
        "x = __torch__.torch.nn.functional.___torch_mangle_0.relu(x, False, )",
        "x = torch._convolution(x, CONSTANTS.c0, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
        "x = torch.to(x, ops.prim.device(self.weight), ops.prim.dtype(x))",
        "ops.prim.RaiseException(\"torch.save('x') failed # \\\"yes\\\"\", \"builtins.Error\")",
        "_1 = torch.append(annotate(List[Tensor], []), x) # torch.from_file",
        "x = torch.slice(x, 0, 1., 2)",
      })
  void whatComputesIsAllowed(String line) {
    assertEquals("", outside(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = torch.from_file(\"/etc/passwd\", False, 9) | torch.from_file",
        "x = torch . from_file(\"/etc/passwd\", False, 9) | torch.from_file",
        "torch.save(x, \"/tmp/x\") | torch.save",
        "ops.aten.save(x, \"/tmp/x\") | ops.aten.save",
        "x = ops.mkldnn._convolution_pointwise(x) | ops.mkldnn",
        "(x).save(\"/tmp/x\") | save",
        "x.save(\"/tmp/x\") | x.save",
        "1..save(\"/tmp/x\") | save",
        "f = x.save | x.save",
        "t = torch; t.from_file(\"/x\", False, 9) | t.from_file",
        "getattr(x, \"save\")(\"/tmp/x\") | getattr of save",
        "getattr(x, \"sa\\x76e\")(\"/tmp/x\") | getattr of sa\\x76e",
        "getattr(x, \"sa\" \"ve\")(\"/tmp/x\") | getattr of something unknown",
        "g = getattr | getattr of something unknown",
        "y = {save: 1}; x.save(\"/tmp/x\") | x.save",
        "y : __torch__.torch.classes.quantized.Conv2dPackedParamsBase = x | torch.classes",
      })
  void whatElseIsNamedIsRefused(String line, String name) {
    assertEquals(name, outside(line));
  }

  private Path archive(Map<String, String> entries) throws IOException {
    Path file = folder.resolve("module.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static String refused(Path file) {
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> ModuleOperators.check(file)).getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void theFilesOfAnArchiveNameEachOthersAttributes() throws IOException {
    String attention = "class Attention(Module):\n  in_proj : Tensor\n  save : Tensor\n";
    String user = CLASS + "    x = torch.mul(features.in_proj, x)\n";
    assertTrue(refused(archive(Map.of("net/code/a.py", user))).contains("features.in_proj"));
    for (String other : new String[] {"net/code/0.py", "net/code/b.py"}) {
      ModuleOperators.check(archive(Map.of("net/code/a.py", user, other, attention)));
      String file = CLASS + "    x = torch.mul(features.save, x)\n";
      assertTrue(
          refused(archive(Map.of("net/code/a.py", file, other, attention))).contains("save"));
      String operator = CLASS + "    x = torch.in_proj(x)\n";
      assertTrue(
          refused(archive(Map.of("net/code/a.py", operator, other, attention)))
              .contains("torch.in_proj"));
    }
  }

  @Test
  void allOfTheArchiveIsRead() throws IOException {
    ModuleOperators.check(archive(Map.of("net/code/__torch__.py", CLASS, "net/data.pkl", "x")));
    String deep = CLASS + "    torch.save(x, \"y\")\n";
    assertTrue(
        refused(archive(Map.of("net/code/__torch__.py", CLASS, "net/code/a/b.py", deep)))
            .contains(" uses torch.save, which is not among the tensor operators; "));
    assertTrue(
        refused(archive(Map.of("net/data.pkl", "c__torch__.torch.classes.a\nB\n")))
            .contains("torch.classes"));
    assertTrue(refused(archive(Map.of("net/model.json", "{}"))).contains("model.json"));
    assertTrue(refused(archive(Map.of("net/code/x.py", "x = \"no end"))).contains("damaged"));
  }
}

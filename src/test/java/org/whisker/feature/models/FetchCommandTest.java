package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.hub.LoopbackHub;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

class FetchCommandTest extends CommandFixture {
  private byte[] tooSmall() throws Exception {
    Path file = home.resolve("small.safetensors");
    Map<String, Tensor> tensors =
        Map.of("features.0.weight", Tensor.of(List.of(1, 3, 1, 1), 1, 2, 3));
    Safetensors.write(file, Weights.of(tensors), Map.of(), DType.F32);
    return Files.readAllBytes(file);
  }

  /** The download is whole; what it holds is then looked at like any import. */
  @Test
  void whatIsFetchedIsImported() throws Exception {
    byte[] bytes = tooSmall();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    try (LoopbackHub hub = new LoopbackHub(bytes, hash)) {
      int exit = test.run(e -> new FetchCommand(e, hub.environment()), "fetch", "vgg16");
      assertEquals(1, exit);
    }
    String err = test.err();
    assertTrue(err.contains("timm/vgg16.tv_in1k/model.safetensors, 0.0 MB, from 127.0.0.1"), err);
    assertTrue(err.contains("tensor features.0.weight has shape [1, 3, 1, 1]"), err);
    assertFalse(Files.exists(home.resolve("models/vgg16-imagenet")));
    assertFalse(Files.exists(home.resolve("models/.fetched/vgg16.safetensors")), "it was kept");
  }

  /** Also a file that an earlier fetch left is held against it. */
  @Test
  void aPinnedHashIsAsked() throws Exception {
    byte[] bytes = tooSmall();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    try (LoopbackHub hub = new LoopbackHub(bytes, hash)) {
      String[] other = {"fetch", "vgg16", "--sha256=" + "0".repeat(64)};
      assertEquals(1, test.run(e -> new FetchCommand(e, hub.environment()), other));
      assertTrue(test.err().contains("as pinned; nothing was downloaded"), test.err());
      Path left = home.resolve("models/.fetched/vgg16.safetensors");
      Files.write(left, new byte[9]);
      String[] right = {"fetch", "vgg16", "--sha256=" + hash};
      assertEquals(1, test.run(e -> new FetchCommand(e, hub.environment()), right));
      assertTrue(test.err().contains("tensor features.0.weight has shape"), test.err());
      assertEquals(
          2, test.run(e -> new FetchCommand(e, hub.environment()), "fetch", "vgg16", "--sha256=x"));
      assertTrue(test.err().contains("--sha256 is 64 hexadecimal digits"), test.err());
    }
  }

  /** What the hub says of a size is its word; the limit is the user's. */
  @Test
  void noMoreIsFetchedThanTheUserAllows() throws Exception {
    byte[] bytes = tooSmall();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    try (LoopbackHub hub = new LoopbackHub(bytes, hash)) {
      hub.says(hash, 900_000_000);
      newEnvironment();
      assertEquals(1, test.run(e -> new FetchCommand(e, hub.environment()), "fetch", "vgg16"));
      assertTrue(test.err().contains("has 900 MB, more than the 700 of --max-mb"), test.err());
      assertEquals(1, test.err().lines().count(), test.err());
      newEnvironment();
      String[] more = {"fetch", "vgg16", "--max-mb=900"};
      assertEquals(1, test.run(e -> new FetchCommand(e, hub.environment()), more));
      assertFalse(test.err().contains("--max-mb"), test.err());
    }
  }

  /** A file that an earlier fetch left whole, and that can't be used, is not found for ever. */
  @Test
  void anUnusableFileIsFetchedAgain() throws Exception {
    byte[] bytes = tooSmall();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Path left = Files.createDirectories(home.resolve("models/.fetched"));
    Files.write(left.resolve("vgg16.safetensors"), new byte[9]);
    try (LoopbackHub hub = new LoopbackHub(bytes, hash)) {
      assertEquals(1, test.run(e -> new FetchCommand(e, hub.environment()), "fetch", "vgg16"));
      assertFalse(Files.exists(left.resolve("vgg16.safetensors")), test.err());
      assertEquals(1, test.run(e -> new FetchCommand(e, hub.environment()), "fetch", "vgg16"));
      assertTrue(test.err().contains("tensor features.0.weight has shape"), test.err());
    }
  }

  /** Killed when the model was there, and the file that it was made of not yet removed. */
  @Test
  void whatAModelWasMadeOfGoes() throws Exception {
    TinyModels.save(home, "taken");
    Path fetched = Files.createDirectories(home.resolve("models/.fetched"));
    Path file = Files.write(fetched.resolve("vgg16.safetensors"), new byte[9]);
    Path name = Files.writeString(fetched.resolve("vgg16.name"), "other");
    assertEquals(2, test.run(FetchCommand::new, "fetch", "vgg16", "--name", "taken"));
    assertTrue(Files.exists(file), "another model is to be made of it");
    Files.writeString(name, "taken");
    assertEquals(2, test.run(FetchCommand::new, "fetch", "vgg16", "--name", "taken"));
    assertFalse(Files.exists(file) || Files.exists(name), test.err());
  }

  @Test
  void wrongUsage() throws Exception {
    TinyModels.save(home, "taken");
    assertEquals(2, test.run(FetchCommand::new, "fetch", "resnet50"));
    assertEquals(2, test.run(FetchCommand::new, "fetch", "vgg16", "--name", "taken"));
    assertEquals(
        2, test.run(e -> new FetchCommand(e, name -> "nonsense"), "fetch", "vgg16", "--quiet"));
    assertTrue(test.err().contains("there are vgg16, inception-resnet-v2"), test.err());
    assertTrue(test.err().contains("HF_ENDPOINT must be an address"), test.err());
    assertEquals(3, test.err().lines().count(), test.err());
  }
}

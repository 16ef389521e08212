package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.job.DeviceConfig.SettledDevice;
import org.whisker.job.SearchPrecision.KeptAgreements;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;
import org.whisker.torch.precision.RankAgreement;

class SettledDeviceTest {
  private static final DeviceConfig AUTO =
      new DeviceConfig("cpu", Precision.FLOAT32).searchingIn(SearchPrecision.AUTO);

  @TempDir Path home = Path.of("");

  private StoredModel tiny() throws IOException {
    TinyModels.save(home, "tiny");
    return new ModelStore(home.resolve("models")).open("tiny");
  }

  @Test
  void theSameEachTimeAndNothingIsKept() throws IOException {
    StoredModel tiny = tiny();
    Set<Path> before = Set.copyOf(Folders.files(home));
    List<String> notes = new ArrayList<>();
    SettledDevice first = SettledDevice.chosen(AUTO, List.of(tiny), 8, notes::add);
    assertTrue(first.on().hasSearchPrecision());
    assertEquals(first, SettledDevice.chosen(AUTO, List.of(tiny), 8, notes::add));
    assertEquals(first.on(), SettledDevice.chosen(AUTO, List.of(tiny, tiny), 16, notes::add).on());
    assertEquals(before, Set.copyOf(Folders.files(home)));
    String label = first.on().searchPrecision().label();
    assertEquals(
        Set.of(
            "tiny: searching in %s: %s"
                .formatted(label, Objects.requireNonNull(first.choices().get("tiny")).reason())),
        notes.stream().collect(Collectors.toSet()));
    Map<String, Object> manifest = new LinkedHashMap<>();
    first.putInto(manifest);
    assertEquals(
        Map.of("precision_choice", Map.of("tiny", first.choices().get("tiny").manifest())),
        manifest);
  }

  @Test
  void theProcessorDecidesWhetherBfloat16IsLookedAt() throws IOException {
    StoredModel tiny = tiny();
    TorchClassifier.Settings settings =
        new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 8);
    FastBfloat16 slow = new FastBfloat16(false, "slow");
    assertEquals(
        new PrecisionChoice(slow, Optional.empty()), SearchPrecision.chosen(tiny, settings, slow));
    PrecisionChoice looked = SearchPrecision.chosen(tiny, settings, new FastBfloat16(true, "fast"));
    RankAgreement agreement = looked.agreement().orElseThrow();
    assertEquals(
        agreement.siblings() >= PrecisionChoice.LEAST_AGREEMENT
            ? Precision.BFLOAT16
            : Precision.FLOAT32,
        looked.precision());
    assertEquals(looked, SearchPrecision.chosen(tiny, settings, new FastBfloat16(true, "fast")));
  }

  @Test
  void theRanksAreLookedAtOnceWhereThereIsACache() throws IOException {
    StoredModel tiny = tiny();
    TorchClassifier.Settings settings =
        new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 8);
    FastBfloat16 fast = new FastBfloat16(true, "fast");
    KeptAgreements kept = KeptAgreements.in(home.resolve("cache"));
    PrecisionChoice looked = SearchPrecision.chosen(tiny, settings, fast);
    assertEquals(looked, SearchPrecision.chosen(tiny, settings, fast, kept));
    assertEquals(looked.agreement().orElseThrow(), kept.of(tiny, settings, Assertions::fail));
    Path cache = home.resolve("cache");
    Path file = cache.resolve(Folders.files(cache).iterator().next());
    Files.writeString(file, "{");
    assertEquals(looked, SearchPrecision.chosen(tiny, settings, fast, kept), "measured again");
    TorchClassifier.Settings larger =
        new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 16);
    assertThrows(
        IllegalStateException.class,
        () ->
            kept.of(
                tiny,
                larger,
                () -> {
                  throw new IllegalStateException("not kept for another batch");
                }));
  }

  @Test
  void whatWasAskedForIsNoChoice() {
    Map<String, Object> manifest = new LinkedHashMap<>();
    new SettledDevice(AUTO.searchingIn("bfloat16")).putInto(manifest);
    assertEquals(Map.of(), manifest);
  }
}

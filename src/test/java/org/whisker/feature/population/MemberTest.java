package org.whisker.feature.population;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.feature.population.PopulationConfig.PopulationBase;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.job.ConfigJson;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;

class MemberTest {
  private static PopulationConfig config(int networks, String... architectures) {
    return config(networks, 2, architectures);
  }

  private static PopulationConfig config(int networks, int runs, String... architectures) {
    return new PopulationConfig(
        Path.of("photos"),
        true,
        List.of(architectures).stream().map(PopulationBase::of).toList(),
        networks,
        PopulationConfig.everyPadding(),
        PopulationConfig.bothPositions(),
        PopulationConfig.briefly(3),
        runs,
        100,
        0.96,
        7,
        DeviceConfig.standard());
  }

  @Test
  void everyRecipeCanBeBuilt() {
    PopulationConfig config = config(16, "vgg16", "inception-resnet-v2");
    List<Member> members = Member.of(config);
    assertEquals(32, members.size());
    assertEquals(32, new HashSet<>(members.stream().map(Member::name).toList()).size());
    for (Member member : members) {
      assertDoesNotThrow(() -> member.recipe(config).network(), member.name());
    }
    // architectures take turns, so that a population that is stopped has as many of each
    assertEquals("vgg16-01-zero-flattening-centred", members.get(0).name());
    assertEquals("inception-resnet-v2-01-zero-pooled-centred", members.get(1).name());
    assertTrue(
        members.stream()
            .filter(m -> m.base().heads().size() == 1)
            .allMatch(m -> m.head() == Member.Head.POOLED));
  }

  @Test
  void aRecipeIsWhatTheNameTells() {
    PopulationConfig config = config(16, "vgg16");
    for (Member member : Member.of(config)) {
      TrainingRecipe recipe = member.recipe(config);
      assertEquals(member.padding(), recipe.padding());
      assertEquals(member.head() == Member.Head.POOLED ? 0 : 64, recipe.architecture().headWidth());
      assertEquals(
          OptionalDouble.of(member.position().equals("centred") ? 0 : 0.5),
          recipe.options().augmentation().shift());
      assertEquals(6 + member.number(), recipe.options().seed());
      assertEquals(3, recipe.options().epochs());
    }
  }

  @Test
  void noTwoNetworksShareTheSeedOfARun() {
    List<Member> members = Member.of(config(24, "vgg16"));
    for (int i = 1; i < members.size(); i++) {
      assertTrue(members.get(i).firstRun() - members.get(i - 1).firstRun() >= 1_000);
    }
  }

  @Test
  void aConfigurationReadsItsOwnJson() throws IOException {
    PopulationConfig config = config(24, "vgg16", "inception-resnet-v2");
    assertEquals(
        config,
        ConfigJson.read(ConfigJson.write(config), PopulationConfig.class, Path.of("manifest")));
  }

  @Test
  void refusesWhatCantBe() {
    assertThrows(InvalidRequestException.class, () -> config(0, "vgg16"));
    assertThrows(InvalidRequestException.class, () -> config(4));
    assertThrows(InvalidRequestException.class, () -> config(4, "vgg16", "vgg16"));
    assertThrows(InvalidRequestException.class, () -> config(4, 1_001, "vgg16"));
    InvalidRequestException other =
        assertThrows(InvalidRequestException.class, () -> config(4, "resnet"));
    assertTrue(String.valueOf(other.getMessage()).contains("--arch must be vgg16"));
    assertEquals(Padding.CIRCULAR, Member.of(config(4, "vgg16")).get(3).padding());
  }
}

package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;

class ModelPartsTest {
  @Test
  void whereAllRunsFailedTheReasonIsSaid() {
    ArmRuns failed =
        new ArmRuns(
            AblationArm.control("evolved", "pixels anywhere"),
            List.of(ArmRun.failed(1, "got logit NaN"), ArmRun.failed(2, "got logit NaN")));
    IOException thrown = assertThrows(IOException.class, () -> ModelParts.images("mine", failed));
    assertEquals(
        "all 2 runs on mine failed, so there is nothing to report: got logit NaN",
        thrown.getMessage());
  }
}

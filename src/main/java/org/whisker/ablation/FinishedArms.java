package org.whisker.ablation;

import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The finished arms of an experiment.
 *
 * @param arms by name
 * @param batch images per batch
 * @param stopped polled between batches
 */
public record FinishedArms(
    Map<String, ArmRuns> arms,
    AblationSetting setting,
    AblatedModel model,
    int batch,
    BooleanSupplier stopped) {}

package org.whisker.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.torch.TorchDevice.DeviceNames;

/** Options that several configurations have. */
public final class SharedOptions {
  /** Help of {@code --runs}, whose default is each command's own. */
  public static final String RUNS = "Independent runs, each with a seed of its own.";

  /** Help of {@code --generations}, likewise. */
  public static final String GENERATIONS = "Generations per run.";

  /** Help of {@code --precision} where searches alone score in it. */
  public static final String SEARCH_PRECISION =
      "Precision in which searches score: float32, bfloat16 (faster on some processors), or auto"
          + " (bfloat16 where the processor or GPU is made for it and both rank images alike).";

  private SharedOptions() {}

  /** {@code --model}: the name of a folder in {@code models/}, or the path of one. */
  @Option(
      names = "--model",
      label = "NAME",
      candidates = Option.MODELS,
      help = "The classifier: the name of a folder in models/, or the path of one.")
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Model {}

  /** {@code --device}: what a network runs on. */
  @Option(
      names = "--device",
      label = "DEVICE",
      defaultValue = DeviceNames.AUTO,
      help = DeviceNames.ONE + ".")
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Device {}

  /** A {@link DeviceConfig} with {@code --precision} of searches alone, {@code auto} by default. */
  @OptionGroup(
      without = "--precision",
      change =
          @OptionGroup.Change(
              component = "search",
              option =
                  @Option(
                      names = "--precision",
                      label = "P",
                      defaultValue = SearchPrecision.AUTO,
                      help = {SEARCH_PRECISION, "What is reported is scored in float32."})))
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface SearchesOn {}

  /** {@code --precision} of all that is reported, as text. */
  @Option(
      names = "--precision",
      label = "P",
      defaultValue = "float32",
      help = "float32, or bfloat16: faster on some processors.")
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Precision {}
}

package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.PatchPlan;

/**
 * Scores patches by computing only what they affect. Patches of one size share a plan and are
 * scored in batches; sizes that affect nearly everything are scored by full passes.
 */
final class IncrementalScorer implements PatchScorer {
  /**
   * Elements in all of a batch's largest windows: 64 MiB, of which a layer needs a few copies at
   * once.
   */
  private static final long LARGEST = 1 << 24;

  private final IncrementalScorers owner;
  private final PatchScorer full;
  private final Canvas canvas;
  private final int planes;
  private final TorchModule module;
  private final Map<Canvas, PatchPlan> plans = new LinkedHashMap<>();

  IncrementalScorer(
      IncrementalScorers owner, Classifier classifier, TorchModule source, Raster base) {
    this.owner = owner;
    this.full = PatchScorer.full(classifier, base);
    this.canvas = base.canvas();
    this.planes = Math.min(classifier.planes(), base.planes());
    TorchDevice device = owner.run().device();
    int windows = PatchPlan.followed(owner.network());
    byte[] archive =
        new IncrementalScript(
                owner.network(),
                owner.preprocessing(),
                windows,
                LayerScript.Mode.unpacked(Precision.FLOAT32, device))
            .archive();
    this.module = TorchModule.load(archive, device.djl());
    try (NDManager scope = source.scope()) {
      module.share(source);
      module.infer(scope, "keep", picture(scope, base));
    } catch (RuntimeException | Error e) {
      module.close();
      throw e;
    }
  }

  private NDArray picture(NDManager scope, Raster base) {
    float[] values = new float[planes * canvas.pixels()];
    base.paint(values, 0, planes);
    return TorchModule.array(
        scope, FloatBuffer.wrap(values), new Shape(1, planes, canvas.height(), canvas.width()));
  }

  @Override
  public float baseLogit() {
    return full.baseLogit();
  }

  @Override
  public float[] logits(List<Patch> patches) {
    patches.forEach(patch -> patch.checkOn(canvas));
    Map<Canvas, List<Integer>> sizes = new LinkedHashMap<>();
    for (int i = 0; i < patches.size(); i++) {
      Canvas size = patches.get(i).content().canvas();
      sizes.computeIfAbsent(size, s -> new ArrayList<>()).add(i);
    }
    float[] logits = new float[patches.size()];
    sizes.forEach((size, members) -> score(size, patches, members, logits));
    return logits;
  }

  private void score(Canvas size, List<Patch> patches, List<Integer> members, float[] logits) {
    PatchPlan plan =
        plans.computeIfAbsent(size, s -> PatchPlan.of(owner.network(), s.height(), s.width()));
    int batch = owner.worthwhile(plan) ? batch(plan) : owner.run().batch();
    for (int from = 0; from < members.size(); from += batch) {
      List<Integer> some = members.subList(from, Math.min(members.size(), from + batch));
      List<Patch> these = some.stream().map(patches::get).toList();
      float[] scores = owner.worthwhile(plan) ? followed(plan, these) : full.logits(these);
      for (int i = 0; i < scores.length; i++) {
        logits[some.get(i)] = scores[i];
      }
    }
  }

  private int batch(PatchPlan plan) {
    return (int) Math.max(1, Math.min(owner.run().batch(), LARGEST / plan.largest()));
  }

  private float[] followed(PatchPlan plan, List<Patch> patches) {
    try (NDManager scope = module.scope()) {
      NDList logits =
          module.infer(scope, "patched", contents(scope, patches), at(scope, plan, patches));
      return logits.singletonOrThrow().toFloatArray();
    }
  }

  private NDArray contents(NDManager scope, List<Patch> patches) {
    Canvas size = patches.get(0).content().canvas();
    int each = planes * size.pixels();
    float[] values = new float[patches.size() * each];
    for (int i = 0; i < patches.size(); i++) {
      patches.get(i).content().paint(values, i * each, planes);
    }
    Shape shape = new Shape(patches.size(), planes, size.height(), size.width());
    return TorchModule.array(scope, FloatBuffer.wrap(values), shape);
  }

  /** The first row and column of each window: [windows, 2, patches]. */
  private static NDArray at(NDManager scope, PatchPlan plan, List<Patch> patches) {
    int n = patches.size();
    int windows = plan.windows().size();
    long[] at = new long[windows * 2 * n];
    for (int i = 0; i < n; i++) {
      int[] rows = plan.firstRows(patches.get(i).y());
      int[] columns = plan.firstColumns(patches.get(i).x());
      for (int w = 0; w < windows; w++) {
        at[2 * w * n + i] = rows[w];
        at[(2 * w + 1) * n + i] = columns[w];
      }
    }
    return scope.create(at, new Shape(windows, 2, n));
  }

  @Override
  public void close() {
    module.close();
  }

  /**
   * Chooses how small changes of a network's input are scored.
   *
   * @param worth incremental scoring is worth its overhead below this fraction of a full pass's
   *     multiply-adds
   */
  record IncrementalScorers(
      Network network, Preprocessing preprocessing, TorchClassifier.Settings run, double worth) {
    IncrementalScorers(Network network, Preprocessing preprocessing, TorchClassifier.Settings run) {
      this(network, preprocessing, run, 0.7);
    }

    /**
     * The faster of incremental scoring and full passes. In bfloat16, always full passes: the two
     * ways of computing a logit would differ by more than the effect of a small change.
     */
    PatchScorer of(Classifier classifier, TorchModule module, Raster base) {
      return run.precision() == Precision.FLOAT32 && worthwhile(PatchPlan.of(network, 1, 1))
          ? new IncrementalScorer(this, classifier, module, base)
          : PatchScorer.full(classifier, base);
    }

    boolean worthwhile(PatchPlan plan) {
      return plan.multiplyAdds() < worth * network.multiplyAdds();
    }
  }
}

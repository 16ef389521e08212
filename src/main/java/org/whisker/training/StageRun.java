package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.torch.Precision;
import org.whisker.torch.TrainableNetwork;
import org.whisker.torch.TrainableNetwork.TrainingStep;
import org.whisker.training.BatchSource.FeatureSource;
import org.whisker.training.BatchSource.PhotoSource;
import org.whisker.training.FeatureFiles.FeatureCache;
import org.whisker.training.Teacher.Distillation;
import org.whisker.training.TeacherRounds.TaughtViews;
import org.whisker.training.TrainingData.PhotoBatches;
import org.whisker.training.TrainingFolder.Checkpoint;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.training.TrainingTask.TrainingStage;
import org.whisker.training.TrainingTask.TrainingStart;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** A stage with its network loaded and its batches ready. */
record StageRun(TrainingStage stage, TrainableNetwork net, BatchSource source)
    implements AutoCloseable {
  /**
   * Loads a stage's network, at its start or from the checkpoint; empty if stopped while the frozen
   * layers' features were being computed.
   */
  static Optional<StageRun> open(
      TrainingStage stage,
      TrainingTask task,
      TrainingData data,
      TrainingFolder folder,
      Trainer.Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    Optional<? extends BatchSource> source =
        stage.frozen()
            ? features(task, data, folder, listener, stopped)
            : Optional.of(photos(task, data, folder));
    if (source.isEmpty()) {
      return Optional.empty();
    }
    TrainableNetwork net = stage.frozen() ? head(task) : whole(task);
    try {
      begin(net, stage, task, folder.checkpoint());
      return Optional.of(new StageRun(stage, net, source.get()));
    } catch (IOException | RuntimeException | Error e) {
      net.close();
      throw e;
    }
  }

  private static BatchSource photos(TrainingTask task, TrainingData data, TrainingFolder folder) {
    return task.teacher().isPresent()
        ? TaughtSource.of(task, task.teacher().get(), data, folder)
        : new PhotoSource(data.batches(), task.options(), data.training(), data.validation());
  }

  private static TrainableNetwork whole(TrainingTask task) {
    return new TrainableNetwork(
        network(task),
        task.precision(),
        task.preprocessing(),
        task.device(),
        task.teacher().map(StageRun::loss).orElse(new TrainingStep.Loss.CrossEntropy()));
  }

  /** The averaged weights, of what is to be trained alone. */
  Weights model() {
    return studentModel(net.averagedWeights(), net.network().output());
  }

  /**
   * The head as a network of its own. It is in float32, as it is small, and features are not gray
   * values.
   */
  private static TrainableNetwork head(TrainingTask task) {
    return new TrainableNetwork(
        HeadSplit.of(task.network()).head(),
        Precision.FLOAT32,
        Preprocessing.identity(),
        task.device());
  }

  private static Optional<FeatureSource> features(
      TrainingTask task,
      TrainingData data,
      TrainingFolder folder,
      Trainer.Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    int all = data.photos();
    int first = data.training().size();
    try (FeatureFiles files =
        new FeatureFiles(task, weighted(task), data.batches(), folder.features())) {
      Optional<FeatureCache> training =
          files.of(data.training(), true, done -> listener.onFeatures(done, all), stopped);
      Optional<FeatureCache> validation =
          files.of(
              data.validation(), false, done -> listener.onFeatures(first + done, all), stopped);
      return training.isEmpty() || validation.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new FeatureSource(
                  training.get(),
                  validation.get(),
                  task.options(),
                  data.training(),
                  data.validation()));
    }
  }

  private static TrainingStart.Weighted weighted(TrainingTask task) {
    if (task.start() instanceof TrainingStart.Weighted start) {
      return start;
    }
    throw new IllegalStateException("fresh weights are not frozen");
  }

  private static void begin(
      TrainableNetwork net, TrainingStage stage, TrainingTask task, Optional<Checkpoint> checkpoint)
      throws IOException {
    if (checkpoint.isPresent() && checkpoint.get().epoch() > stage.before()) {
      net.restore(checkpoint.get().state());
    } else if (checkpoint.isPresent() && task.start() instanceof TrainingStart.Weighted start) {
      net.begin(trainedHead(task, checkpoint.get()).over(start.weights()));
    } else {
      net.begin(stage.frozen() ? initial(task) : begunStudent(initial(task), net.network()));
    }
  }

  private static Weights initial(TrainingTask task) {
    return task.start() instanceof TrainingStart.Weighted start
        ? start.weights()
        : InitialWeights.of(task.network().parameters(), task.options().seed());
  }

  /** The head's averaged weights at the end of the frozen stage. */
  private static Weights trainedHead(TrainingTask task, Checkpoint checkpoint) {
    try (TrainableNetwork head = head(task)) {
      head.restore(checkpoint.state());
      Weights averaged = head.averagedWeights();
      Map<String, Tensor> copies = new TreeMap<>();
      for (String name : averaged.names()) {
        FloatBuffer values = averaged.floats(name);
        copies.put(name, new Tensor(averaged.shape(name), values));
      }
      return Weights.of(copies);
    }
  }

  @Override
  public void close() {
    source.close();
    net.close();
  }

  /**
   * The task's network with outputs for a teacher's features beside the logit, which is the first.
   * What is kept of it has the logit alone.
   */
  private static Network network(TrainingTask task) {
    Network network = task.network();
    int features = task.teacher().map(Teacher::features).orElse(0);
    if (features == 0) {
      return network;
    }
    Node last = network.output();
    if (!(last.layer() instanceof Layer.Linear linear)) {
      throw new IllegalArgumentException(
          network.name() + " ends in " + last.name() + ", not in a linear layer");
    }
    Layer wider = new Layer.Linear(linear.in(), linear.out() + features);
    List<Node> nodes = new ArrayList<>(network.nodes());
    nodes.set(
        nodes.size() - 1,
        new Node(last.name(), wider, last.inputs(), wider.output(List.of(last.shape()))));
    return new Network(network.name(), nodes, network.stages(), network.padding());
  }

  private static TrainingStep.Loss loss(Teacher teacher) {
    TrainingStep.Loss divergence = new TrainingStep.Loss.Divergence(teacher.how().temperature());
    return teacher.features() == 0
        ? divergence
        : new TrainingStep.Loss.WithFeatures(
            divergence, teacher.features(), teacher.how().featureWeight());
  }

  /**
   * The weights of the network with one logit, and zeros for the outputs of features: random ones
   * would begin with a loss that is all theirs.
   */
  private static Weights begunStudent(Weights single, Network network) {
    if (hasOneOutput(network.output())) {
      return single;
    }
    Map<String, Tensor> last = new TreeMap<>();
    for (Parameter wide : network.output().parameters()) {
      FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(wide.size()));
      values.put(single.floats(wide.name())).rewind();
      last.put(wide.name(), new Tensor(wide.shape(), values));
    }
    return Weights.of(last).over(single);
  }

  /** The weights of the network with one logit, the first of this one's outputs. */
  private static Weights studentModel(Weights trained, Node output) {
    if (hasOneOutput(output)) {
      return trained; // fetched tensor by tensor as they are written
    }
    Map<String, Tensor> first = new TreeMap<>();
    for (Parameter wide : output.parameters()) {
      List<Integer> shape = new ArrayList<>(wide.shape());
      int size = Math.toIntExact(wide.size() / shape.set(0, 1));
      first.put(wide.name(), new Tensor(shape, trained.floats(wide.name()).slice(0, size)));
    }
    return Weights.of(first).over(trained);
  }

  private static boolean hasOneOutput(Node output) {
    return output.shape().size() == 1;
  }

  /**
   * Batches of pictures with the teacher's outputs as targets. Where an epoch shows a photo more
   * than once to balance classes, it shows the same picture each time.
   */
  static final class TaughtSource implements BatchSource {
    private final Distillation how;
    private final TaughtViews views;
    private final TeacherRounds teacher;
    private final PhotoBatches batches;
    private final List<CachedPhoto> validation;
    private int round = -1;
    private FloatBuffer outputs = FloatBuffer.allocate(0);

    TaughtSource(
        Distillation how,
        TaughtViews views,
        TeacherRounds teacher,
        PhotoBatches batches,
        List<CachedPhoto> validation) {
      this.how = how;
      this.views = views;
      this.teacher = teacher;
      this.batches = batches;
      this.validation = validation;
    }

    static TaughtSource of(
        TrainingTask task, Teacher by, TrainingData data, TrainingFolder folder) {
      TrainingOptions options = task.options();
      TaughtViews views =
          new TaughtViews(
              data.training(),
              options.augmentation(),
              by.how().viewsSeed().orElse(options.seed()),
              by.how().mixup(),
              data.size(),
              data.planes());
      TeacherRounds rounds =
          new TeacherRounds(
              by,
              views,
              TrainingData.photoDigest("training", data.training()),
              by.cache().orElseGet(folder::teacher));
      return new TaughtSource(by.how(), views, rounds, data.batches(), data.validation());
    }

    @Override
    public boolean prepare(int epoch, IntConsumer progress, BooleanSupplier stopped)
        throws IOException {
      if (round != how.round(epoch)) {
        Optional<float[]> made = teacher.of(how.round(epoch), progress, stopped);
        if (made.isEmpty()) {
          return false;
        }
        outputs = FloatBuffer.wrap(made.get());
        round = how.round(epoch);
      }
      return true;
    }

    @Override
    public PhotoBatches.Batch training(int epoch, int step, int[] photos) {
      if (round != how.round(epoch)) {
        throw new IllegalStateException("epoch " + epoch + " is not prepared");
      }
      FloatBuffer images =
          FloatBuffer.allocate(photos.length * views.planes() * views.drawn().pixels());
      int each = outputs.capacity() / views.photos().size();
      FloatBuffer targets = FloatBuffer.allocate(photos.length * each);
      for (int photo : photos) {
        images.put(views.picture(round, photo, views.drawn()));
        targets.put(outputs.slice(photo * each, each));
      }
      return new PhotoBatches.Batch(photos.length, images.flip(), targets.flip());
    }

    @Override
    public int validations() {
      return validation.size();
    }

    @Override
    public PhotoBatches.Batch validation(int from, int to) {
      return batches.plain(validation.subList(from, to));
    }

    @Override
    public void close() {
      teacher.close();
    }
  }
}

package org.whisker.cli.manual;

import java.util.List;
import org.whisker.boundary.Contour;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Crossing;
import org.whisker.boundary.Margin;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.PathBand;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PixelPath;
import org.whisker.boundary.Robustness;
import org.whisker.boundary.Slice;
import org.whisker.boundary.Transfer;
import org.whisker.boundary.attack.SearchOutcome;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.GenerationRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.evolution.result.TraceRow;
import org.whisker.explain.Finding;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.position.result.DensityBinRow;
import org.whisker.position.result.EdgeComparisonRow;
import org.whisker.position.result.LogRatioRow;
import org.whisker.position.result.ProbeTables;
import org.whisker.position.result.ResidueRow;
import org.whisker.saliency.result.PhotoMapRow;
import org.whisker.table.Table;
import org.whisker.table.experiment.ArmImageRow;
import org.whisker.table.experiment.ArmRow;
import org.whisker.table.experiment.ArmSummaryRow;
import org.whisker.table.experiment.ControlRow;
import org.whisker.table.experiment.ControlRunRow;
import org.whisker.table.experiment.EdgeAtConfidenceRow;
import org.whisker.table.experiment.EffectRow;
import org.whisker.table.experiment.HarmAndHelpRow;
import org.whisker.table.experiment.ManipulationRow;
import org.whisker.table.experiment.MatrixRow;
import org.whisker.table.experiment.MoveCurveRow;
import org.whisker.table.experiment.MoveRow;
import org.whisker.table.experiment.NetworkRow;
import org.whisker.table.experiment.NullCalibrationRow;
import org.whisker.table.experiment.ObservationRow;
import org.whisker.table.experiment.PriceRow;
import org.whisker.table.experiment.RingRow;
import org.whisker.table.experiment.SkippedRow;
import org.whisker.table.experiment.StrideCombRow;
import org.whisker.table.experiment.SummaryRow;
import org.whisker.table.experiment.TrainedRow;
import org.whisker.table.experiment.WithheldRow;
import org.whisker.table.model.CalibrationRow;
import org.whisker.table.model.ConfusionRow;
import org.whisker.table.model.DatasetPhotoRow;
import org.whisker.table.model.DuplicateRow;
import org.whisker.table.model.EpochRow;
import org.whisker.table.model.EvaluationRow;
import org.whisker.table.model.FieldRingRow;
import org.whisker.table.model.LayerRow;
import org.whisker.table.model.OriginRow;
import org.whisker.table.model.PredictionRow;
import org.whisker.table.model.RocRow;
import org.whisker.table.population.AssociationRow;
import org.whisker.table.population.ClimbLevelRow;
import org.whisker.table.population.ClimbMeanRow;
import org.whisker.table.population.LevelRow;
import org.whisker.table.population.NetworkProfileRow;
import org.whisker.table.population.PopulationRow;
import org.whisker.table.population.PopulationRunRow;
import org.whisker.table.report.ClimbRow;
import org.whisker.table.report.CrossModelRow;
import org.whisker.table.report.DifferenceRow;
import org.whisker.table.report.GradientProfileRow;
import org.whisker.table.report.MeasureRow;
import org.whisker.table.report.ModelRow;
import org.whisker.table.report.ProbeProfileRow;
import org.whisker.table.report.ProbeSummaryRow;
import org.whisker.table.report.ProfileRow;
import org.whisker.table.sweep.ExperimentRow;
import org.whisker.table.sweep.OptionEffectRow;
import org.whisker.table.sweep.OptionRow;
import org.whisker.table.sweep.SettingRow;
import org.whisker.table.sweep.SweptNetworkRow;
import org.whisker.table.sweep.SweptRunRow;
import org.whisker.table.sweep.UnfinishedRow;

/** All tables that whisker writes to files of a fixed name: what a data dictionary is made of. */
public final class Tables {
  private Tables() {}

  /** Each with its file and the title, meaning and unit of its columns. */
  public static List<Table<?>> all() {
    return List.of(
        Contour.Vertex.TABLE,
        Counterfactual.Flip.TABLE,
        Counterfactual.OfImage.TABLE,
        Counterfactual.Summary.TABLE,
        Crossing.OnPath.TABLE,
        Margin.OfImage.TABLE,
        Margin.Summary.TABLE,
        MinimalSearch.Outcome.OfStart.TABLE,
        PathBand.LogitRow.TABLE,
        PathBand.ProbabilityRow.TABLE,
        PathProfile.Scored.TABLE,
        PixelPath.Step.TABLE,
        Robustness.Scored.TABLE,
        Robustness.Summary.TABLE,
        Slice.NamedCorner.TABLE,
        Slice.Place.TABLE,
        Transfer.OfImage.TABLE,
        Transfer.Summary.TABLE,
        SearchOutcome.OfImage.TABLE,
        SuccessCurve.Step.TABLE,
        BestHistory.TABLE,
        GenerationRow.TABLE,
        RunSummary.TABLE,
        TraceRow.TABLE,
        ConditionRow.TABLE,
        DensityBinRow.TABLE,
        EdgeComparisonRow.TABLE,
        ConditionTables.EdgeIndexRow.TABLE,
        ProbeTables.InteractionRow.TABLE,
        LogRatioRow.TABLE,
        ConditionTables.PartDensityRow.TABLE,
        ConditionTables.PartRunRow.TABLE,
        ProbeTables.PairRow.TABLE,
        ProbeTables.ModeRow.TABLE,
        ProbeTables.RingRow.TABLE,
        ResidueRow.TABLE,
        ResidueRow.TestRow.TABLE,
        PhotoMapRow.ContrastRow.TABLE,
        PhotoMapRow.EdgeIndexRow.TABLE,
        PhotoMapRow.MeanProfileRow.TABLE,
        PhotoMapRow.TABLE,
        ArmImageRow.TABLE,
        ArmRow.TABLE,
        ArmSummaryRow.TABLE,
        ControlRow.TABLE,
        ControlRunRow.TABLE,
        EdgeAtConfidenceRow.TABLE,
        EffectRow.TABLE,
        HarmAndHelpRow.TABLE,
        ManipulationRow.TABLE,
        MatrixRow.TABLE,
        MoveCurveRow.TABLE,
        MoveRow.TABLE,
        NetworkRow.TABLE,
        NullCalibrationRow.TABLE,
        ObservationRow.TABLE,
        PriceRow.TABLE,
        RingRow.TABLE,
        SkippedRow.TABLE,
        StrideCombRow.TABLE,
        SummaryRow.TABLE,
        TrainedRow.TABLE,
        WithheldRow.TABLE,
        CalibrationRow.TABLE,
        ConfusionRow.TABLE,
        DatasetPhotoRow.TABLE,
        DuplicateRow.TABLE,
        EpochRow.TABLE,
        EvaluationRow.TABLE,
        FieldRingRow.TABLE,
        LayerRow.TABLE,
        OriginRow.TABLE,
        PredictionRow.TABLE,
        RocRow.TABLE,
        AssociationRow.TABLE,
        ClimbLevelRow.TABLE,
        ClimbMeanRow.TABLE,
        LevelRow.TABLE,
        NetworkProfileRow.TABLE,
        PopulationRow.TABLE,
        PopulationRunRow.TABLE,
        ClimbRow.TABLE,
        CrossModelRow.TABLE,
        DifferenceRow.TABLE,
        Finding.TABLE,
        GradientProfileRow.TABLE,
        MeasureRow.TABLE,
        ModelRow.TABLE,
        ProbeProfileRow.TABLE,
        ProbeSummaryRow.TABLE,
        ProfileRow.TABLE,
        ExperimentRow.TABLE,
        OptionEffectRow.TABLE,
        OptionRow.TABLE,
        SettingRow.TABLE,
        SweptNetworkRow.TABLE,
        SweptRunRow.TABLE,
        UnfinishedRow.TABLE);
  }
}

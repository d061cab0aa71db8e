using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads the user interface of a parameter (sections 2.1 to 2.4, 2.6 to 2.8).</summary>
internal static class UserInterfaceReader
{
    private const int MostFilters = 20;

    private static readonly string[][] CheckBoxPairs = [["true", "false"], ["yes", "no"], ["on", "off"], ["1", "0"]];

    private static readonly Dictionary<string, ParameterControl> Words = new()
    {
        ["LINE_EDIT"] = ParameterControl.LineEdit,
        ["MULTILINE_EDIT"] = ParameterControl.MultilineEdit,
        ["DROPDOWN_LIST"] = ParameterControl.DropdownList,
        ["CHECK_BOX"] = ParameterControl.CheckBox,
        ["CHOOSE_INPUT_FILE"] = ParameterControl.ChooseInputFile,
        ["CHOOSE_OUTPUT_FILE"] = ParameterControl.ChooseOutputFile,
        ["CHOOSE_DIRECTORY"] = ParameterControl.ChooseDirectory,
        ["SPIN_BOX"] = ParameterControl.SpinBox,
        ["HIDDEN"] = ParameterControl.Hidden,
    };

    /// <summary>Returns the parameter with its user interface.</summary>
    public static JobParameter Read(ObjectReader reader, JobParameter parameter)
    {
        var words = WordsOf(parameter.Type);
        var control = reader.Word("control", words) is { } word ? Words[word] : DefaultControl(parameter, isOut: false);
        parameter = parameter with
        {
            Control = control,
            Label = reader.Text("label", TextRules.Name),
            GroupLabel = reader.Text("groupLabel", TextRules.Name),
        };
        CheckControl(reader, parameter);
        if (parameter.Type == ParameterType.Path) ReadFilters(reader, control);
        if (parameter.Type == ParameterType.Int)
            parameter = parameter with { SingleStep = reader.Integer("singleStepDelta", 1)?.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (parameter.Type == ParameterType.Float)
            parameter = parameter with { Decimals = (int?)reader.Integer("decimals", 0, 15), SingleStep = PositiveFloat(reader, "singleStepDelta") };
        reader.RefuseOthers("the userInterface of such a parameter");
        return parameter;
    }

    /// <summary>The specification's default control.</summary>
    public static ParameterControl DefaultControl(JobParameter parameter, bool isOut) => parameter switch
    {
        { AllowedValues: not null } => ParameterControl.DropdownList,
        { Type: ParameterType.String } => ParameterControl.LineEdit,
        { Type: ParameterType.Path, IsFile: true } => isOut ? ParameterControl.ChooseOutputFile : ParameterControl.ChooseInputFile,
        { Type: ParameterType.Path } => ParameterControl.ChooseDirectory,
        _ => ParameterControl.SpinBox,
    };

    private static string[] WordsOf(ParameterType type) => type switch
    {
        ParameterType.String => ["LINE_EDIT", "MULTILINE_EDIT", "DROPDOWN_LIST", "CHECK_BOX", "HIDDEN"],
        ParameterType.Path => ["CHOOSE_INPUT_FILE", "CHOOSE_OUTPUT_FILE", "CHOOSE_DIRECTORY", "DROPDOWN_LIST", "HIDDEN"],
        _ => ["SPIN_BOX", "DROPDOWN_LIST", "HIDDEN"],
    };

    private static void CheckControl(ObjectReader reader, JobParameter parameter)
    {
        if (!reader.Has("control")) return;
        var word = Words.First(pair => pair.Value == parameter.Control).Key;
        switch (parameter.Control)
        {
            case ParameterControl.Hidden:
                return;
            case ParameterControl.DropdownList when parameter.AllowedValues is null:
                reader.Refuse("control", "DROPDOWN_LIST needs allowedValues");
                return;
            case ParameterControl.CheckBox when parameter.AllowedValues is not { } values || !IsCheckBoxPair(values):
                reader.Refuse("control", "CHECK_BOX needs two allowedValues: true and false, yes and no, on and off, or 1 and 0");
                return;
            case ParameterControl.DropdownList or ParameterControl.CheckBox:
                return;
            default:
                if (parameter.AllowedValues is not null) reader.Refuse("control", $"{word} cannot be used with allowedValues");
                return;
        }
    }

    /// <summary>Which of two words means true; null if they are not a valid pair for a check box.</summary>
    public static string? Yes(IReadOnlyList<string> values) =>
        IsCheckBoxPair(values) ? values.First(value => CheckBoxPairs.Any(pair => pair[0].Equals(value, StringComparison.OrdinalIgnoreCase))) : null;

    private static bool IsCheckBoxPair(IReadOnlyList<string> values) =>
        values.Count == 2 && CheckBoxPairs.Any(pair => pair.All(word => values.Contains(word, StringComparer.OrdinalIgnoreCase)));

    private static string? PositiveFloat(ObjectReader reader, string name)
    {
        if (reader.Find(name) is not { } node) return null;
        var plain = node.Kind is NodeKind.Integer or NodeKind.Float ? Numbers.Float(node.Text) : null;
        if (plain is not null && Numbers.Compare(plain, "0") > 0) return plain;
        reader.Refuse(name, $"must be a number greater than 0, but is {node.KindName}");
        return null;
    }

    private static void ReadFilters(ObjectReader reader, ParameterControl control)
    {
        var isFileDialog = control is ParameterControl.ChooseInputFile or ParameterControl.ChooseOutputFile;
        foreach (var name in new[] { "fileFilters", "fileFilterDefault" })
        {
            if (reader.Has(name) && !isFileDialog) reader.Refuse(name, "can only be given with CHOOSE_INPUT_FILE or CHOOSE_OUTPUT_FILE");
        }

        foreach (var item in reader.List("fileFilters", most: MostFilters)) ReadFilter(reader.ObjectOf(item));
        if (reader.Object("fileFilterDefault") is { } standard) ReadFilter(standard);
    }

    private static void ReadFilter(ObjectReader reader)
    {
        reader.Text("label", TextRules.Name, isRequired: true);
        foreach (var (node, path) in reader.List("patterns", least: 1, isRequired: true))
        {
            if (reader.TextOf(node, path) is { } text && TextRules.FileFilter(text) is { } problem) reader.Refuse(node.Line, path, problem);
        }

        reader.RefuseOthers("a file filter");
    }
}

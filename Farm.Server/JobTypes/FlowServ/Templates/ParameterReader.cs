using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>Reads parameter declarations and writes them for clients (Contracts/FlowServ/Contract.md section 5.1).</summary>
internal static class ParameterReader
{
    private const int DeepestNesting = 10;

    private static readonly string[] Common = ["dtype", "name", "index", "isRequired", "label", "help", "defaultValue", "group"];

    /// <summary>Reads a list of declarations.</summary>
    /// <exception cref="FarmException">A declaration is invalid, or two have the same name.</exception>
    public static IReadOnlyList<Parameter> Read(IReadOnlyList<PyValue> declarations) => Read(declarations, 0);

    /// <summary>The declaration for clients: omits what is not set, except the target of a file.</summary>
    public static PyMap Write(Parameter parameter)
    {
        List<KeyValuePair<string, PyValue>> entries =
        [
            new("dtype", new PyText(Name(parameter.Type))),
            new("name", new PyText(parameter.Name)),
            new("index", new PyInt(parameter.Index)),
            new("isRequired", new PyBool(parameter.IsRequired)),
        ];
        Add("label", parameter.Label is { } label ? new PyText(label) : null);
        Add("help", parameter.Help is { } help ? new PyText(help) : null);
        Add("defaultValue", parameter.DefaultValue);
        Add("group", parameter.Group is { } group ? new PyText(group) : null);
        Add("range", parameter.Range is { } range ? new PyText(range.ToString()) : null);
        if (parameter.Type == ParameterType.Select) Add("values", new PyList([.. parameter.Options.Select(Write)]));
        if (parameter.Type == ParameterType.File) Add("target", parameter.Target is { } target ? new PyText(target) : PyValue.None);
        if (parameter.Item is { } item) Add("para", Write(item));
        if (parameter.Type == ParameterType.Record) Add("fields", new PyList([.. parameter.Fields.Select(Write)]));
        return new PyMap(entries);

        void Add(string name, PyValue? value)
        {
            if (value is not null) entries.Add(new(name, value));
        }
    }

    private static List<Parameter> Read(IReadOnlyList<PyValue> declarations, int depth)
    {
        var parameters = new List<Parameter>();
        for (var i = 0; i < declarations.Count; i++)
        {
            var parameter = Read(declarations[i], i, depth);
            if (parameters.Any(other => other.Name == parameter.Name)) throw FarmException.Invalid($"there are two parameters '{parameter.Name}'");
            parameters.Add(parameter);
        }

        return parameters;
    }

    private static Parameter Read(PyValue declaration, int index, int depth)
    {
        if (depth > DeepestNesting) throw FarmException.Invalid("the parameters are nested too deeply");
        var where = declaration is PyMap named && named["name"] is PyText name ? $"parameter '{name.Value}'" : $"parameter {index + 1}";
        var type = Type(declaration, where);
        var map = ClosedMap.Of(declaration, where, [.. Common, .. Special(type)]);
        var defaultValue = map.Value("defaultValue");
        var parameter = new Parameter
        {
            Name = map.Needed("name"),
            Type = type,
            Index = map.Number("index") ?? index,
            IsRequired = map.Flag("isRequired") ?? defaultValue is null,
            Label = map.Text("label"),
            Help = map.Text("help"),
            DefaultValue = defaultValue,
            Group = map.Text("group"),
            Range = Special(type).Contains("range") && map.Text("range") is { } range ? Interval.Parse(range, where) : null,
        };
        return type switch
        {
            ParameterType.Select => parameter with { Options = Options(map) },
            ParameterType.File => parameter with { Target = map.Text("target") is { } target ? RunPath.Checked(target, $"the target of {where}") : null },
            ParameterType.List => parameter with { Item = Read(map.Value("para") ?? throw FarmException.Invalid($"{where} has no 'para'"), 0, depth + 1) },
            ParameterType.Record => parameter with { Fields = Read(map.List("fields"), depth + 1) },
            _ => parameter,
        };
    }

    private static List<SelectOption> Options(ClosedMap map)
    {
        var options = map.List("values").Select(value =>
        {
            var option = ClosedMap.Of(value, $"a value of {map.Where}", "name", "value", "isDefault");
            return new SelectOption(option.Needed("name"), option.Value("value") ?? throw FarmException.Invalid($"{option.Where} has no 'value'"), option.Flag("isDefault"));
        }).ToList();
        return options.Count > 0 ? options : throw FarmException.Invalid($"{map.Where} has no 'values'");
    }

    private static PyMap Write(SelectOption option)
    {
        List<KeyValuePair<string, PyValue>> entries = [new("name", new PyText(option.Name)), new("value", option.Value)];
        if (option.IsDefault is { } isDefault) entries.Add(new("isDefault", new PyBool(isDefault)));
        return new PyMap(entries);
    }

    private static ParameterType Type(PyValue declaration, string where)
    {
        if (declaration is not PyMap map) throw FarmException.Invalid($"{where} must be a mapping");
        if (map["dtype"] is not PyText text) throw FarmException.Invalid($"{where} has no 'dtype'");
        foreach (var type in Enum.GetValues<ParameterType>())
        {
            if (Name(type) == text.Value) return type;
        }

        throw FarmException.Invalid($"{where} has an unknown dtype '{text.Value}'");
    }

    private static string[] Special(ParameterType type) => type switch
    {
        ParameterType.Int or ParameterType.Float => ["range"],
        ParameterType.Select => ["values"],
        ParameterType.File => ["target"],
        ParameterType.List => ["para"],
        ParameterType.Record => ["fields"],
        _ => [],
    };

    private static string Name(ParameterType type) => type.ToString().ToLowerInvariant();
}

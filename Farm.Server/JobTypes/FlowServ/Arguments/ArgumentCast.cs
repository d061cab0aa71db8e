using System.Numerics;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>Converts values to the types of their parameters (Contracts/FlowServ/Contract.md section 5.1).</summary>
/// <param name="upload">Finds an upload of the group by its id; returns null if there is none.</param>
internal sealed class ArgumentCast(Func<string, UploadedFile?> upload)
{
    private const string FileType = "$file";
    private const string InvalidType = "invalid argument type";

    private readonly List<RunFile> _files = [];

    /// <summary>The uploads in the values converted so far, with their paths in the run folder.</summary>
    public IReadOnlyList<RunFile> Files => _files;

    /// <summary>Converts one value.</summary>
    /// <exception cref="FarmException">The value cannot be converted, or the upload does not exist (not found).</exception>
    public PyValue Cast(Parameter parameter, PyValue value)
    {
        if (IsFile(value) != (parameter.Type == ParameterType.File)) throw FarmException.Invalid(InvalidType);
        return parameter.Type switch
        {
            ParameterType.String => new PyText(PythonText.Str(value)),
            ParameterType.Int => InRange(Int(value), parameter.Range),
            ParameterType.Float => InRange(Float(value), parameter.Range),
            ParameterType.Bool => Bool(value),
            ParameterType.Select => parameter.Options.FirstOrDefault(option => option.Value.Equals(value))?.Value
                ?? throw FarmException.Invalid($"unknown value '{PythonText.Str(value)}'"),
            ParameterType.File => File(parameter, (PyMap)value),
            ParameterType.List => value is PyList list
                ? new PyList([.. list.Items.Select(item => Cast(parameter.Item!, item))])
                : throw FarmException.Invalid(InvalidType),
            ParameterType.Record => Record(parameter, value),
            _ => throw FarmException.Invalid($"the step '{parameter.Name}' cannot be set by an argument"),
        };
    }

    private static bool IsFile(PyValue value) => value is PyMap map && map["type"] is PyText { Value: FileType };

    private static PyValue Int(PyValue value) => value switch
    {
        PyInt number => number,
        PyFloat number when double.IsFinite(number.Value) => new PyInt(new BigInteger(Math.Truncate(number.Value))),
        PyFloat number => number,
        PyText { Value: "inf" } => new PyFloat(double.PositiveInfinity),
        PyText { Value: "-inf" } => new PyFloat(double.NegativeInfinity),
        PyText text when PythonNumbers.Int(text.Value) is { } number => new PyInt(number),
        _ => throw FarmException.Invalid($"no int '{PythonText.Str(value)}'"),
    };

    private static PyValue Float(PyValue value) => value switch
    {
        PyFloat number => number,
        PyInt number when double.IsFinite((double)number.Value) => new PyFloat((double)number.Value),
        PyText text when PythonNumbers.Float(text.Value) is { } number => new PyFloat(number),
        _ => throw FarmException.Invalid($"no float '{PythonText.Str(value)}'"),
    };

    private static PyBool Bool(PyValue value) => value is PyNone ? new PyBool(false) : PythonText.Str(value).ToLowerInvariant() switch
    {
        "1" or "t" or "true" => new PyBool(true),
        "0" or "f" or "false" or "" => new PyBool(false),
        _ => throw FarmException.Invalid($"not a Boolean '{PythonText.Str(value)}'"),
    };

    private static PyValue InRange(PyValue number, Interval? range)
    {
        var size = number is PyInt whole ? (double)whole.Value : ((PyFloat)number).Value;
        return range is null || range.Contains(size) ? number : throw FarmException.Invalid($"{PythonText.Str(number)} not in {range}");
    }

    private PyText File(Parameter parameter, PyMap value)
    {
        var isWhole = value.Entries.Count == 2 && value["value"] is PyMap;
        var file = isWhole ? (PyMap)value["value"]! : throw FarmException.Invalid(InvalidType);
        var known = file.Entries.All(entry => entry.Key is "fileId" or "targetPath");
        if (!known || file["fileId"] is not PyText id || file["targetPath"] is not (null or PyNone or PyText)) throw FarmException.Invalid(InvalidType);
        var found = upload(id.Value) ?? throw FarmException.NotFound($"unknown file '{id.Value}'");
        var target = (file["targetPath"] as PyText)?.Value is { Length: > 0 } chosen ? chosen
            : parameter.Target ?? (parameter.DefaultValue as PyText)?.Value ?? throw FarmException.Invalid("missing target path");
        target = RunPath.Checked(target, $"the target of '{parameter.Name}'");
        if (_files.Any(other => other.Path == target)) throw FarmException.Invalid($"two files have the target '{target}'");
        _files.Add(new RunFile(target, found.Sha256, found.Size));
        return new PyText(target);
    }

    private PyMap Record(Parameter parameter, PyValue value)
    {
        if (value is not PyList list) throw FarmException.Invalid(InvalidType);
        var entries = new List<KeyValuePair<string, PyValue>>();
        foreach (var item in list.Items)
        {
            if (item is not PyMap { Entries.Count: 2 } map || map["name"] is not PyText name || map["value"] is not { } given)
                throw FarmException.Invalid(InvalidType);
            var field = parameter.Fields.FirstOrDefault(field => field.Name == name.Value) ?? throw FarmException.Invalid($"unknown argument '{name.Value}'");
            if (entries.Any(entry => entry.Key == name.Value)) throw FarmException.Invalid($"non-unique run argument '{name.Value}'");
            entries.Add(new(name.Value, Cast(field, given)));
        }

        foreach (var field in parameter.Fields)
        {
            if (entries.Any(entry => entry.Key == field.Name)) continue;
            if (field.DefaultValue is { } otherwise) entries.Add(new(field.Name, otherwise));
            else if (field.IsRequired) throw FarmException.Invalid($"missing field '{field.Name}'");
        }

        return new PyMap(entries);
    }
}

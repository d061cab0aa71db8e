using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Farm.Tests.Support;

/// <summary>Reads the compiled code of a method.</summary>
internal static class MethodCode
{
    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value);

    /// <summary>The types that the code refers to, directly or through a member.</summary>
    public static IEnumerable<Type> Named(MethodBase method) => Members(method).SelectMany(OfMember);

    /// <summary>The members and types that the code refers to.</summary>
    public static IEnumerable<MemberInfo?> Members(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        for (var i = 0; i < code.Length;)
        {
            var instruction = code[i] == 0xFE ? Codes[(short)((code[i] << 8) | code[i + 1])] : Codes[code[i]];
            i += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var member = method.Module.ResolveMember(
                    BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(i)), method.DeclaringType?.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null);
                yield return member;
            }

            i += Size(instruction.OperandType, code.AsSpan(i));
        }
    }

    /// <summary>Includes enums of signatures and fields, since code has only their numeric values.</summary>
    private static IEnumerable<Type> OfMember(MemberInfo? member)
    {
        if ((member as Type ?? member?.DeclaringType) is { } type) yield return type;
        if (member is MethodInfo { IsGenericMethod: true } generic)
        {
            foreach (var argument in generic.GetGenericArguments()) yield return argument;
        }

        var signature = member switch
        {
            FieldInfo field => [field.FieldType],
            MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
            ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
            _ => [],
        };
        foreach (var named in signature.Where(named => (Nullable.GetUnderlyingType(named) ?? named).IsEnum)) yield return named;
    }

    private static int Size(OperandType type, ReadOnlySpan<byte> operand) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}

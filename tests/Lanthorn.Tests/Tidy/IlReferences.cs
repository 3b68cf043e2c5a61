using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lanthorn.Tests.Tidy;

/// <summary>What a compiled type refers to, read from its IL: nothing that compiles can hide from it, but inlined constants.</summary>
internal static class IlReferences
{
    public static AssemblyDefinition Read(string assembly) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

    /// <summary>Every type that the type or one nested in it names, lambdas and state machines among them.</summary>
    public static HashSet<IlName> Of(TypeDefinition type)
    {
        var found = new HashSet<IlName>();
        Visit(type, found);
        return found;
    }

    private static void Visit(TypeDefinition type, HashSet<IlName> found)
    {
        Add(type.BaseType, found);
        foreach (var implemented in type.Interfaces)
        {
            Add(implemented.InterfaceType, found);
            AddAttributes(implemented, found);
        }
        AddAttributes(type, found);
        AddParameters(type, found);
        foreach (var field in type.Fields)
        {
            Add(field.FieldType, found);
            AddAttributes(field, found);
        }
        foreach (var property in type.Properties)
        {
            Add(property.PropertyType, found);
            AddAttributes(property, found);
        }
        foreach (var raised in type.Events)
        {
            Add(raised.EventType, found);
            AddAttributes(raised, found);
        }
        foreach (var method in type.Methods)
            Visit(method, found);
        foreach (var nested in type.NestedTypes)
            Visit(nested, found);
    }

    private static void Visit(MethodDefinition method, HashSet<IlName> found)
    {
        AddSignature(method, found);
        AddAttributes(method, found);
        AddAttributes(method.MethodReturnType, found);
        AddParameters(method, found);
        foreach (var parameter in method.Parameters)
            AddAttributes(parameter, found);
        foreach (var overridden in method.Overrides)
            AddSignature(overridden, found);
        if (!method.HasBody)
            return;
        foreach (var variable in method.Body.Variables)
            Add(variable.VariableType, found);
        foreach (var handler in method.Body.ExceptionHandlers)
            Add(handler.CatchType, found);
        foreach (var instruction in method.Body.Instructions)
            AddOperand(instruction, found);
    }

    private static void AddOperand(Instruction instruction, HashSet<IlName> found)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(type, found);
                break;
            case MethodReference method:
                AddSignature(method, found);
                break;
            case FieldReference field:
                Add(field.DeclaringType, found);
                Add(field.FieldType, found);
                break;
            case CallSite call:
                Add(call.ReturnType, found);
                foreach (var parameter in call.Parameters)
                    Add(parameter.ParameterType, found);
                break;
        }
    }

    private static void AddSignature(MethodReference method, HashSet<IlName> found)
    {
        Add(method.DeclaringType, found);
        Add(method.ReturnType, found);
        foreach (var parameter in method.Parameters)
            Add(parameter.ParameterType, found);
        if (method is GenericInstanceMethod generic)
            foreach (var argument in generic.GenericArguments)
                Add(argument, found);
    }

    private static void AddParameters(IGenericParameterProvider owner, HashSet<IlName> found)
    {
        foreach (var parameter in owner.GenericParameters)
        {
            AddAttributes(parameter, found);
            foreach (var constraint in parameter.Constraints)
                Add(constraint.ConstraintType, found);
        }
    }

    private static void AddAttributes(ICustomAttributeProvider owner, HashSet<IlName> found)
    {
        foreach (var attribute in owner.CustomAttributes)
        {
            Add(attribute.AttributeType, found);
            foreach (var argument in attribute.ConstructorArguments)
                Add(argument, found);
            foreach (var named in attribute.Properties.Concat(attribute.Fields))
                Add(named.Argument, found);
        }
    }

    private static void Add(CustomAttributeArgument argument, HashSet<IlName> found)
    {
        Add(argument.Type, found);
        switch (argument.Value)
        {
            case TypeReference named:
                Add(named, found);
                break;
            case CustomAttributeArgument boxed:
                Add(boxed, found);
                break;
            case CustomAttributeArgument[] several:
                foreach (var one in several)
                    Add(one, found);
                break;
        }
    }

    private static void Add(TypeReference? type, HashSet<IlName> found)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Add(generic.ElementType, found);
                foreach (var argument in generic.GenericArguments)
                    Add(argument, found);
                return;
            case FunctionPointerType pointer:
                Add(pointer.ReturnType, found);
                foreach (var parameter in pointer.Parameters)
                    Add(parameter.ParameterType, found);
                return;
            case IModifierType modified:
                Add(modified.ModifierType, found);
                Add(modified.ElementType, found);
                return;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType, found);
                return;
            default:
                var outermost = type;
                while (outermost.DeclaringType is { } around)
                    outermost = around;
                var scope = outermost.Scope is ModuleDefinition here ? here.Assembly.Name.Name : outermost.Scope.Name;
                found.Add(new(scope, outermost.Namespace, outermost.Name));
                return;
        }
    }
}

/// <summary>A type as IL names it; a nested one is named by the outermost around it.</summary>
internal sealed record IlName(string Assembly, string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}

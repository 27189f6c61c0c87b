#include <parley/curate.h>
#include <parley/status.h>

#include <cstdio>

int main() {
  const auto recipe = parley::PrintRecipe("", {});
  std::printf("%s\n", recipe ? recipe->c_str() : parley::Describe(recipe.error()).c_str());
  return recipe ? 0 : 1;
}

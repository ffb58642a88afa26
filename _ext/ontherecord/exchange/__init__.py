"""What a program or a library catalogue reads, made from the Edition alone; knows no Sphinx."""

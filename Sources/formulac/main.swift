print("formulac")

def figure(data):
    return None
